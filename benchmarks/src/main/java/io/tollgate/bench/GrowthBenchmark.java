package io.tollgate.bench;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * P9: charging, and the query for one account's month, with many lines stored against few. What is
 * stored besides belongs to copies of an account that was charged the real way.
 *
 * @param sizes how much
 */
record GrowthBenchmark(Sizes sizes) implements Benchmark {
  private static final int QUERIES = 20;
  private static final double GOAL = 1.2;

  @Override
  public Set<String> figures() {
    return Set.of("P9");
  }

  @Override
  public List<Measurement> run(Systems systems) throws Exception {
    return systems.run(this::measure);
  }

  private List<Measurement> measure(RunningSystem system) throws Exception {
    Database database = new Database(system);
    Population who = sizes.wide("grown");
    Population one = new Population("template", 1, sizes.instances(), sizes.meters());
    Opening opening = new Opening(system);
    opening.accounts(who, 0);
    ChargedHours hour = new ChargedHours(system, who, 1);
    warm(hour);
    opening.accounts(one, 100);
    var unused = new ChargedHours(system, one, 4).charge();
    Rounds chargedFew = charge(hour);
    long few = database.count("billing.charge_line");
    Rounds queriedFew = query(system, who.account(0));
    int copies = Math.max(1, (int) ((sizes.historyLines() - few) / (4L * one.series())));
    new AccountCopies(database)
        .make(one.account(0), IntStream.range(0, copies).mapToObj(n -> "copy-" + n).toList());
    long many = database.count("billing.charge_line");
    Rounds queriedMany = query(system, who.account(0));
    Rounds chargedMany = charge(hour);
    String stored = ", %,d lines stored against %,d".formatted(many, few);
    return List.of(
        Measurement.of("P9", "rate and post" + stored, "s a 1,000 lines", chargedMany)
            .beside("the same with few", chargedFew)
            .toRatio(Goal.below(GOAL))
            .noting(
                "%,d copies of one account, made by SQL, hold what is stored besides"
                    .formatted(copies)),
        Measurement.of("P9", "bills and lines of one account's month" + stored, "ms", queriedMany)
            .beside("the same with few", queriedFew)
            .toRatio(Goal.below(GOAL)));
  }

  /** Cold with few lines and warm with many, growth would not show. */
  private void warm(ChargedHours hour) throws Exception {
    Warmth warmth = new Warmth(sizes);
    do {
      var unused = hour.charge();
    } while (!warmth.counts());
  }

  /** Seconds of a thousand lines, so that more is worse as it is with queries. */
  private Rounds charge(ChargedHours hour) throws Exception {
    List<Double> found = new ArrayList<>();
    for (int round = 0; round < sizes.rounds(); round++) {
      found.add(1_000 / hour.charge().charging());
    }
    return new Rounds(found);
  }

  private static Rounds query(RunningSystem system, String account) throws Exception {
    for (int i = 0; i < QUERIES; i++) {
      month(system.api(), account);
    }
    List<Double> found = new ArrayList<>();
    for (int i = 0; i < QUERIES; i++) {
      found.add(Stopwatch.secondsOf(() -> month(system.api(), account)) * 1_000);
    }
    return new Rounds(found);
  }

  /** All bills of the account, which has them in one month only, and all lines of each. */
  private static void month(Api api, String account) {
    String bills = "/v1/accounts/" + account + "/bills";
    for (JsonNode bill : api.items(Service.BILLING, bills)) {
      String id = bill.path("bill").asString("");
      if (api.items(Service.BILLING, bills + "/" + id + "/lines").isEmpty()) {
        throw new IllegalStateException("no lines of " + bill);
      }
    }
  }
}
