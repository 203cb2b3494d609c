package io.tollgate.bench;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.AuditReport;
import io.tollgate.standalone.Service;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The benchmark's command line: {@code tollgate bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures ingest over HTTP, aggregation, intake of usage, and rating with posting, beside",
      "their limits. Most accounts have funds: what debts cost besides is not charging.",
      "Settings are the product's: acks=all, exactly once, dedup, fsync. Ends with the audit."
    })
public final class BenchCommand implements Callable<Integer> {
  private static final Instant MIDNIGHT = Instant.parse("2024-02-29T16:00:00Z");
  private static final int BATCH = 1_000;
  private static final int CONNECTIONS = 8;
  private static final String FUNDS = "1000000.00";

  @Option(names = "--events", defaultValue = "2000000", description = "Events to measure with.")
  private int events;

  @Option(
      names = "--warm-up",
      defaultValue = "1000000",
      description = "Events posted and aggregated before, while the JIT compiles.")
  private int warmUp;

  @Option(
      names = "--accounts",
      defaultValue = "10000",
      description = "Accounts, one instance each.")
  private int accounts;

  @Option(
      names = "--unfunded",
      defaultValue = "1",
      description = "Percent of the accounts that have no funds and fall into arrears.")
  private int unfunded;

  @Option(names = "--hours", defaultValue = "6", description = "Hours the events are spread over.")
  private int hours;

  @Option(names = "--data-dir", defaultValue = ".tollgate/bench", description = "Wiped first.")
  private Path data = Path.of(".tollgate", "bench");

  @Spec private @Nullable CommandSpec spec;

  /** Runs the benchmark. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    try (RunningSystem system = RunningSystem.start(data.toAbsolutePath(), MIDNIGHT)) {
      say(
          "%d events of %d accounts over %d hours, after %d"
              .formatted(events, accounts, hours, warmUp));
      prepare(system);
      Sample sample = new Sample(MIDNIGHT, hours, accounts, warmUp + events);
      Limits limits = new Limits(system.data());
      report(measure(system, sample, limits));
      AuditReport audit = AuditReport.of(system.api());
      audit.lines().forEach(this::say);
      say(audit.green() ? "audit: green" : "audit: RED");
      return audit.green() ? 0 : 4;
    }
  }

  private record Comparison(Figure ours, Optional<Figure> limit) {
    static Comparison of(Figure ours, Figure limit) {
      return new Comparison(ours, Optional.of(limit));
    }
  }

  private List<Comparison> measure(RunningSystem system, Sample sample, Limits limits)
      throws Exception {
    post(system, sample, 0, warmUp);
    system.awaitRest(Service.METERING);
    Figure producer = limits.producer(sample);
    Figure consumer = limits.consumer(sample);
    long start = System.nanoTime();
    Figure ingest =
        Figure.of(
            "ingest over HTTP, batches of 1,000",
            events,
            () -> post(system, sample, warmUp, sample.events()));
    long posted = System.nanoTime();
    long left = sample.events() - aggregated(system);
    system.awaitRest(Service.METERING);
    long rest = System.nanoTime();
    Figure aggregation = new Figure("aggregation, ingest beside it", events, rest - start);
    Figure backlog = new Figure("aggregation alone, what ingest left", left, rest - posted);
    Instant end = MIDNIGHT.plusSeconds(3_600L * hours + 600);
    Figure intake = intake(system, limits, end);
    Figure charged = charge(system, limits, end);
    for (Service service : List.of(Service.ACCOUNT, Service.NOTIFICATION)) {
      system.step(service, end);
      system.awaitRest(service);
    }
    return List.of(
        Comparison.of(ingest, producer),
        Comparison.of(aggregation, consumer),
        Comparison.of(backlog, consumer),
        new Comparison(intake, Optional.empty()),
        Comparison.of(charged, limits.copy(charged.items())));
  }

  /**
   * Closes the windows and lets billing store them: its clock stands, so nothing is charged yet.
   */
  private Figure intake(RunningSystem system, Limits limits, Instant end) {
    long before = limits.windows();
    long start = System.nanoTime();
    system.step(Service.METERING, end);
    system.awaitRest(Service.METERING);
    system.awaitRest(Service.BILLING);
    long nanos = System.nanoTime() - start;
    return new Figure("intake of usage, closing beside it", limits.windows() - before, nanos);
  }

  /** From stored usage to durable lines, bills, postings, balances and published events. */
  private Figure charge(RunningSystem system, Limits limits, Instant end) {
    long before = limits.lines();
    long start = System.nanoTime();
    system.step(Service.BILLING, end);
    system.awaitRest(Service.BILLING);
    long nanos = System.nanoTime() - start;
    return new Figure("rate and post", limits.lines() - before, nanos);
  }

  private void report(List<Comparison> comparisons) {
    for (Comparison each : comparisons) {
      say(each.ours().line());
      each.limit()
          .ifPresent(
              limit ->
                  say(
                      "  %s   ratio %.3f"
                          .formatted(limit.line(), each.ours().perSecond() / limit.perSecond())));
    }
  }

  private void prepare(RunningSystem system) throws Exception {
    Api api = system.api();
    post(
        api,
        Service.METERING,
        "/v1/meters",
        Map.of(
            "meter", "units",
            "eventType", Sample.TYPE,
            "aggregation", "SUM",
            "valuePointer", "/value",
            "unit", "unit",
            "emits", List.of("HOURLY"),
            "effectiveFrom", MIDNIGHT.toString()));
    post(
        api,
        Service.BILLING,
        "/v1/products",
        Map.of("product", "bench", "name", "bench", "cycle", "HOUR"));
    post(
        api,
        Service.BILLING,
        "/v1/products/bench/prices",
        Map.of(
            "effectiveFrom",
            MIDNIGHT.toString(),
            "meters",
            List.of(
                Map.of(
                    "meter", "units", "model", Map.of("kind", "PER_UNIT", "unitPrice", "0.01")))));
    inParallel(
        accounts,
        number -> {
          post(api, Service.ACCOUNT, "/v1/accounts", Map.of("account", "a-" + number));
          var unused =
              api.postAsPlatform(
                      Service.ACCOUNT,
                      "/v1/accounts/a-" + number + "/instances",
                      Map.of("instance", "i-" + number, "product", "bench"))
                  .orFail();
        });
    awaitRest(system);
    inParallel(
        accounts,
        number -> {
          if (number % 100 >= unfunded) {
            fund(api, number);
          }
        });
    awaitRest(system);
    say("accounts and instances are open");
  }

  private static void awaitRest(RunningSystem system) {
    for (Service service : Service.values()) {
      system.awaitRest(service);
    }
  }

  private static void fund(Api api, int number) {
    post(
        api,
        Service.BILLING,
        "/v1/accounts/a-" + number + "/recharges",
        Map.of("channel", "ALIPAY", "transaction", "bench-" + number, "amount", FUNDS));
  }

  private static void post(Api api, Service service, String path, Map<String, ?> body) {
    var unused = api.post(service, path, body, "bench " + body.hashCode()).orFail();
  }

  /** How many events have been counted so far. */
  private static long aggregated(RunningSystem system) {
    return system
        .api()
        .get(Service.METERING, "/v1/audit")
        .orFail()
        .body()
        .at("/invariants/0/checked")
        .asLong(0);
  }

  private static void post(RunningSystem system, Sample sample, int from, int to) throws Exception {
    inParallel(
        (to - from + BATCH - 1) / BATCH,
        batch -> {
          int first = from + batch * BATCH;
          Retry.untilTaken(
              () -> system.api().postBatch(sample.batch(first, Math.min(to, first + BATCH))));
        });
  }

  private static void inParallel(int count, IntConsumer work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> done = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int number = i;
        done.add(threads.submit(() -> work.accept(number)));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }

  private void say(String line) {
    PrintWriter out =
        spec == null
            ? new PrintWriter(System.out, true, StandardCharsets.UTF_8)
            : spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
