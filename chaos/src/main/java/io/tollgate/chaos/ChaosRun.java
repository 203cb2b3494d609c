package io.tollgate.chaos;

import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run: load, faults and a moving clock together, then rest, then the verdict. */
final class ChaosRun {

  private static final Instant BEGIN = Instant.parse("2026-02-28T16:00:00Z");
  private static final int ACCOUNTS = 20;

  private final DataDirectory directory;
  private final long seed;
  private final Duration length;
  private final Consumer<String> say;

  /**
   * @param seed decides the load and the faults
   * @param length how long faults go on
   * @param say takes progress in words
   */
  ChaosRun(DataDirectory directory, long seed, Duration length, Consumer<String> say) {
    this.directory = directory;
    this.seed = seed;
    this.length = length;
    this.say = say;
  }

  /** Runs it; everything is stopped when this returns. */
  ChaosReport run() {
    directory.wipe();
    say.accept("seed %d: starting broker, database and services".formatted(seed));
    try (Fleet fleet = Fleet.start(directory, BEGIN)) {
      Truth truth =
          new Truth(IntStream.range(0, ACCOUNTS).mapToObj(number -> "a-" + number).toList());
      prepare(fleet.api(), truth);
      Random random = new Random(seed);
      Workload workload = new Workload(fleet.api(), truth, new Random(random.nextLong()), BEGIN);
      Hours hours = new Hours(fleet, workload, BEGIN);
      Faults faults = new Faults(fleet, new Random(random.nextLong()), say);
      try (workload) {
        workload.start();
        hours.start();
        inflict(faults, new Schedule(new Random(random.nextLong())));
        hours.stop();
      }
      say.accept("the last fault is healed; waiting until all work is done");
      long healed = System.nanoTime();
      hours.finish();
      Duration settled = Duration.ofNanos(System.nanoTime() - healed);
      return new ChaosReport(
          seed,
          length,
          hours.driven(),
          truth,
          faults.happened(),
          settled,
          Verdict.of(fleet.api(), truth));
    }
  }

  private void inflict(Faults faults, Schedule schedule) {
    long end = System.nanoTime() + length.toNanos();
    while (System.nanoTime() < end) {
      long next = System.nanoTime() + schedule.pause().toNanos();
      faults.inflict(schedule.next());
      Patience.pass(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
    }
  }

  private static void prepare(Api api, Truth truth) {
    done(
        api.post(
            Service.METERING,
            "/v1/meters",
            Map.of(
                "meter",
                Workload.METER,
                "eventType",
                Workload.METER,
                "aggregation",
                "SUM",
                "valuePointer",
                "/value",
                "unit",
                "1",
                "emits",
                List.of("HOURLY"),
                "effectiveFrom",
                BEGIN.toString()),
            "meter"));
    done(
        api.post(
            Service.BILLING,
            "/v1/products",
            Map.of("product", "vm", "name", "Virtual machine", "cycle", "HOUR"),
            "product"));
    done(
        api.post(
            Service.BILLING,
            "/v1/products/vm/prices",
            Map.of(
                "effectiveFrom",
                BEGIN.toString(),
                "meters",
                List.of(
                    Map.of(
                        "meter",
                        Workload.METER,
                        "model",
                        Map.of("kind", "PER_UNIT", "unitPrice", "1")))),
            "price"));
    for (String account : truth.accounts()) {
      done(api.post(Service.ACCOUNT, "/v1/accounts", Map.of("account", account), account));
      done(
          api.put(
              Service.ACCOUNT,
              "/v1/accounts/" + account + "/contacts",
              Map.of(
                  "name",
                  account,
                  "emails",
                  List.of(account + "@example.com"),
                  "marketingConsent",
                  false)));
      done(
          api.postAsPlatform(
              Service.ACCOUNT,
              "/v1/accounts/" + account + "/instances",
              Map.of("instance", "i-" + account, "product", "vm")));
    }
  }

  private static void done(Api.Answer answer) {
    var unused = answer.orFail();
  }
}
