package io.tollgate.bench;

import io.tollgate.standalone.Service;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Hours of usage, one event of each series and hour: posted, closed, taken in and charged. Intake
 * and charging are timed apart: billing's clock stands until everything is stored.
 *
 * @param hours at a time
 */
record ChargedHours(RunningSystem system, Population who, int hours) {

  /**
   * Lines a second.
   *
   * @param intake from the closing in metering to what billing has stored
   * @param charging from there to durable lines, bills, postings, balances and published events
   * @param whole both together
   */
  record Rates(double intake, double charging, double whole) {}

  int lines() {
    return hours * who.series();
  }

  /** Posts the next hours and has them charged; all services are at rest then. */
  Rates charge() throws Exception {
    Instant start = system.nextHour();
    Sample sample = new Sample(who, start, hours, lines());
    Posting.post(system, sample, 0, sample.events());
    system.awaitRest();
    Instant end = RunningSystem.closingOf(start.plus(hours, ChronoUnit.HOURS));
    Stopwatch closing = Stopwatch.start();
    system.step(Service.METERING, end);
    system.awaitRest(Service.METERING);
    system.awaitRest(Service.BILLING);
    double intake = closing.seconds();
    system.step(Service.BILLING, end);
    system.awaitRest(Service.BILLING);
    double whole = closing.seconds();
    system.stepAll(end);
    return new Rates(lines() / intake, lines() / (whole - intake), lines() / whole);
  }
}
