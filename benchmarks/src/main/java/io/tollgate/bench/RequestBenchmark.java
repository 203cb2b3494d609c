package io.tollgate.bench;

import io.tollgate.standalone.DataDirectory.TokenRole;
import io.tollgate.standalone.Service;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * P2 and P6: single requests. Events as fast as 64 connections post them; entitlement checks at a
 * steady rate, whatever became of those before.
 *
 * @param sizes how much
 */
record RequestBenchmark(Sizes sizes) implements Benchmark {
  private static final int CONNECTIONS = 64;
  private static final double TAIL = 99;

  @Override
  public Set<String> figures() {
    return Set.of("P2", "P6");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    return systems.run(this::measure);
  }

  private List<Measurement> measure(RunningSystem system) throws Exception {
    Population who = new Population("request", Math.max(1, sizes.accounts() / 10), 1, 1);
    new Opening(system).accounts(who, 0);
    String token =
        system.directory().token(TokenRole.PLATFORM, Optional.empty(), Duration.ofDays(1));
    try (EmptyEndpoint.Running empty =
        EmptyEndpoint.start(system.directory().part("logs").resolve("empty.log"))) {
      List<Measurement> found = new ArrayList<>(events(system, who, token, empty.url()));
      found.addAll(checks(system, who, token, empty.url()));
      return found;
    }
  }

  /** Rates and tails of rounds. */
  private record Rounded(List<Double> rates, List<Double> tails) {
    Rounded() {
      this(new ArrayList<>(), new ArrayList<>());
    }

    int size() {
      return rates.size();
    }

    void add(HttpLoad.Outcome outcome) {
      if (outcome.refused() > 0) {
        throw new IllegalStateException(
            outcome.refused() + " of " + outcome.requests() + " requests were refused");
      }
      rates.add(outcome.perSecond());
      tails.add(outcome.millisAt(TAIL));
    }
  }

  private List<Measurement> events(RunningSystem system, Population who, String token, URI empty)
      throws Exception {
    URI url = system.url(Service.METERING);
    int requests = sizes.requests();
    Warmth warmth = new Warmth(sizes);
    Sample sample =
        new Sample(who, system.nextHour(), 1, requests * (warmth.most() + sizes.rounds()));
    Rounded ours = new Rounded();
    Rounded bare = new Rounded();
    try (HttpLoad load = HttpLoad.connect(url, CONNECTIONS);
        HttpLoad limit = HttpLoad.connect(empty, CONNECTIONS)) {
      for (int round = 0; ours.size() < sizes.rounds(); round++) {
        int first = round * requests;
        HttpLoad.Outcome outcome =
            load.closed(requests, n -> event(url, "/api/v1/events", token, sample, first + n));
        system.awaitRest(Service.METERING);
        HttpLoad.Outcome most =
            limit.closed(requests, n -> event(empty, EmptyEndpoint.PATH, token, sample, first + n));
        if (warmth.counts()) {
          ours.add(outcome);
          bare.add(most);
        }
      }
    }
    String what =
        "one event a request, %d connections, %,d requests a round"
            .formatted(CONNECTIONS, requests);
    String limit = "empty WebFlux endpoint, same bodies";
    return List.of(
        Measurement.of("P2", what, "requests/s", new Rounds(ours.rates()))
            .beside(limit, new Rounds(bare.rates()))
            .to(Goal.atLeast(12_000)),
        Measurement.of("P2", what + ": p99", "ms", new Rounds(ours.tails()))
            .beside(limit, new Rounds(bare.tails()))
            .to(Goal.below(15)));
  }

  private static byte[] event(URI url, String path, String token, Sample sample, int number) {
    return HttpMessage.post(url, path, token, "application/cloudevents+json", sample.event(number));
  }

  private List<Measurement> checks(RunningSystem system, Population who, String token, URI empty)
      throws Exception {
    URI url = system.url(Service.ACCOUNT);
    List<byte[]> checks = new ArrayList<>();
    for (int account = 0; account < who.accounts(); account++) {
      String path = "/v1/instances/" + who.instance(account, 0) + "/entitlement";
      checks.add(HttpMessage.get(url, path, token));
    }
    Rounded ours = steady(url, n -> checks.get(n % checks.size()));
    byte[] nothing = HttpMessage.get(empty, EmptyEndpoint.PATH, token);
    Rounded bare = steady(empty, n -> nothing);
    return List.of(
        Measurement.of(
                "P6",
                "entitlement checks at %,d/s, %d connections: p99 from the intended start"
                    .formatted(sizes.requestRate(), CONNECTIONS),
                "ms",
                new Rounds(ours.tails()))
            .beside("empty WebFlux endpoint, same rate", new Rounds(bare.tails()))
            .to(Goal.below(5))
            .noting(
                "answered %,.0f requests/s, the limit %,.0f"
                    .formatted(
                        new Rounds(ours.rates()).median(), new Rounds(bare.rates()).median())));
  }

  private Rounded steady(URI url, IntFunction<byte[]> request) throws Exception {
    Rounded found = new Rounded();
    Warmth warmth = new Warmth(sizes);
    try (HttpLoad load = HttpLoad.connect(url, CONNECTIONS)) {
      while (found.size() < sizes.rounds()) {
        HttpLoad.Outcome outcome = load.open(sizes.requests(), sizes.requestRate(), request);
        if (warmth.counts()) {
          found.add(outcome);
        }
      }
    }
    return found;
  }
}
