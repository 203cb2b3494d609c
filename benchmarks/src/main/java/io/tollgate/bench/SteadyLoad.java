package io.tollgate.bench;

import io.tollgate.standalone.InParallel;
import io.tollgate.standalone.Service;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Events at a steady rate in batches, with an hour of usage closed after every few seconds while
 * the next one is posted.
 */
final class SteadyLoad {
  private static final int BATCHES_PER_SECOND = 50;
  private static final int MOST = 1_000;
  private static final long SAMPLE_SECONDS = 5;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** A lag that grows slower than this share of the rate is flat: 50 minutes lose one. */
  private static final double FLAT = 0.02;

  private final RunningSystem system;
  private final Database database;
  private final Population who;
  private final int rate;
  private final int closingSeconds;
  private final int batch;
  private final AtomicLong posted = new AtomicLong();

  SteadyLoad(RunningSystem system, Population who, int rate, int closingSeconds)
      throws IOException {
    this.system = system;
    this.database = new Database(system);
    this.who = who;
    this.rate = rate;
    this.closingSeconds = closingSeconds;
    this.batch = Math.clamp(rate / BATCHES_PER_SECOND, 1, MOST);
  }

  /**
   * What came of it.
   *
   * @param rate events a second that were asked for
   * @param postedPerSecond that were acknowledged
   * @param countedPerSecond that aggregation counted while they were posted
   * @param bookedPerSecond all events over the time until the last charge was booked
   * @param lagPerSecond by how much the events that wait for aggregation became more
   * @param mostLag most events that waited
   * @param closings seconds from the end of an hour's posting to its last booked charge
   * @param closingSeconds between two closings
   */
  record Outcome(
      int rate,
      double postedPerSecond,
      double countedPerSecond,
      double bookedPerSecond,
      double lagPerSecond,
      double mostLag,
      Rounds closings,
      int closingSeconds) {

    /** Whether it could have gone on for ever. */
    boolean isSustained() {
      return postedPerSecond >= (1 - FLAT) * rate
          && lagPerSecond < FLAT * rate
          && closings.max() < closingSeconds;
    }

    /** The rate, when it was sustained; else what was done until the last charge. */
    double perSecond() {
      return isSustained() ? postedPerSecond : bookedPerSecond;
    }

    String inWords() {
      return ("%,d events/s requested, %,.0f posted, lag %+,.0f/s (at most %,.0f), closings up to"
              + " %.1f s: %s")
          .formatted(
              rate,
              postedPerSecond,
              lagPerSecond,
              mostLag,
              closings.max(),
              isSustained() ? "sustained" : "NOT sustained");
    }
  }

  Outcome run(int hours) throws Exception {
    long already = Counted.events(system);
    Slope lag = new Slope();
    List<Future<Double>> closings = new ArrayList<>();
    Stopwatch watch = Stopwatch.start();
    try (ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();
        ExecutorService closer = Executors.newSingleThreadExecutor()) {
      var unused =
          sampler.scheduleAtFixedRate(
              () ->
                  lag.add(
                      watch.seconds(),
                      (double) (posted.get() - (Counted.events(system) - already))),
              SAMPLE_SECONDS,
              SAMPLE_SECONDS,
              TimeUnit.SECONDS);
      OpenLoop schedule = OpenLoop.fromNow((double) rate / batch);
      Instant start = system.nextHour();
      int batches = 0;
      for (int hour = 0; hour < hours; hour++) {
        Sample sample = new Sample(who, start, 1, rate * closingSeconds);
        batches += post(sample, schedule, batches);
        start = start.plus(1, ChronoUnit.HOURS);
        Instant end = start;
        Stopwatch ended = Stopwatch.start();
        closings.add(closer.submit(() -> close(end, sample, ended)));
      }
      double posting = watch.seconds();
      double counted = (double) (Counted.events(system) - already);
      sampler.shutdownNow();
      List<Double> seconds = new ArrayList<>();
      for (Future<Double> each : closings) {
        seconds.add(each.get());
      }
      return new Outcome(
          rate,
          posted.get() / posting,
          counted / posting,
          posted.get() / watch.seconds(),
          lag.perSecond(),
          lag.max(),
          new Rounds(seconds),
          closingSeconds);
    }
  }

  /** Each batch at its time; returns how many there were when all are acknowledged. */
  private int post(Sample sample, OpenLoop schedule, int before) throws Exception {
    int batches = (sample.events() + batch - 1) / batch;
    InParallel.run(
        batches,
        number -> {
          schedule.await((long) before + number);
          int from = number * batch;
          int to = Math.min(sample.events(), from + batch);
          Posting.postBatch(system, sample, from, to);
          posted.addAndGet((long) to - from);
        });
    return batches;
  }

  /** Steps all clocks over the hour's end; returns when the last account's bill is booked. */
  private double close(Instant end, Sample sample, Stopwatch ended) {
    for (Service service : Service.values()) {
      system.step(service, RunningSystem.closingOf(end));
    }
    long bills = Math.min(who.accounts(), sample.events());
    while (booked(end) < bills) {
      if (ended.seconds() > TimeUnit.MINUTES.toSeconds(30)) {
        throw new IllegalStateException("the hour that ends at " + end + " is not charged");
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return ended.seconds();
  }

  private long booked(Instant end) {
    return database.number(
        "select count(*) from billing.bill where kind = 'CYCLE' and period_end = '%s'"
            .formatted(end));
  }
}
