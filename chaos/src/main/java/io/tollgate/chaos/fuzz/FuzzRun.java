package io.tollgate.chaos.fuzz;

import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Deployment;
import io.tollgate.standalone.Logs;
import io.tollgate.standalone.Settings;
import io.tollgate.support.time.driver.ClockDriver;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** One run: good accounts, requests, records, and whether all goes on as if nothing had been. */
final class FuzzRun {

  private static final Instant BEGIN = Instant.parse("2026-02-28T16:00:00Z");
  private static final Duration BLOCK = Duration.ofHours(1);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(10);

  private final DataDirectory directory;
  private final long seed;
  private final Consumer<String> say;

  /**
   * @param seed decides requests and records
   * @param say takes progress in words
   */
  FuzzRun(DataDirectory directory, long seed, Consumer<String> say) {
    this.directory = directory;
    this.seed = seed;
    this.say = say;
  }

  /** Runs it; everything is stopped when this returns. */
  FuzzReport run(long requests, long records) {
    directory.wipe();
    Logs.to(directory);
    say.accept("seed %d: starting the services".formatted(seed));
    try (Deployment deployment =
        Deployment.start(
            directory, new Settings(Optional.of(BEGIN), Settings.ZONE, 0, 0), part -> {})) {
      return run(deployment, Api.of(directory, deployment.process()), requests, records);
    }
  }

  private FuzzReport run(Deployment deployment, Api api, long requests, long records) {
    Cast cast = new Cast(api, BEGIN);
    cast.appear();
    Instant now = BEGIN.plus(Duration.ofHours(2));
    drive(deployment, now);
    Tally tally = new Tally();
    RequestMaker maker =
        new RequestMaker(
            Documents.operations(),
            cast.ids(),
            new Credentials(directory, cast.sandbox().get(0), cast.sandbox().get(1)),
            now,
            seed);
    say.accept("%d requests".formatted(requests));
    long begun = System.nanoTime();
    new Requests(maker, deployment.process().ports(), new Judge(cast.secrets()), tally)
        .send(requests);
    Duration requesting = since(begun);
    say.accept("%d records".formatted(records));
    begun = System.nanoTime();
    Records sent = new Records(deployment.bootstrapServers(), seed);
    sent.send(records);
    drive(deployment, now);
    Duration reading = since(begun);
    say.accept("all read; checking that the good accounts are still served");
    cast.useGood(now);
    drive(deployment, now.plus(Duration.ofHours(2)));
    Aftermath aftermath = Aftermath.of(api, cast, sent.unreadable());
    return new FuzzReport(seed, tally, requesting, sent.sent(), reading, aftermath);
  }

  /** Returns when every service stands there and has read and told everything. */
  private void drive(Deployment deployment, Instant to) {
    try (ClockDriver driver =
        new ClockDriver(
            deployment.process().ports().urls(),
            new BillingCalendar(Settings.ZONE),
            BLOCK,
            SETTLE_LIMIT,
            () ->
                directory.token(
                    DataDirectory.TokenRole.OPERATOR, Optional.empty(), Duration.ofDays(1)))) {
      driver.drive(to, progress -> {});
    }
  }

  private static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
