package io.tollgate.metering.topology;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tollgate.support.observability.Histograms;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the tasks of this instance did since it started.
 *
 * <p>The counts of a task are stored with its effects, and move with it to another instance; these
 * only grow. Work that is repeated after a failure is counted again: exact is the audit.
 */
final class CountingMeters {

  private static final Counters.Counter[] FATES = {
    Counters.Counter.ACCEPTED,
    Counters.Counter.COUNTED,
    Counters.Counter.DUPLICATE,
    Counters.Counter.QUARANTINED,
    Counters.Counter.VOIDED,
    Counters.Counter.LATE
  };

  private final Counter[] counters = new Counter[FATES.length];
  private final Timer delay;

  CountingMeters(MeterRegistry meters) {
    for (int i = 0; i < FATES.length; i++) {
      counters[i] =
          Counter.builder("tollgate_usage_events")
              .description("Usage events by fate; late ones are also counted")
              .tag("fate", FATES[i].name().toLowerCase(Locale.ROOT))
              .register(meters);
    }
    this.delay =
        Histograms.ofDelays(
            meters,
            "tollgate_counting_delay_seconds",
            "From appending a record of events to counting its events",
            Tags.empty());
  }

  /** A task has come from one snapshot of its counts to the next. */
  void moved(long[] before, long[] after) {
    for (int i = 0; i < FATES.length; i++) {
      long more = FATES[i].of(after) - FATES[i].of(before);
      if (more > 0) {
        counters[i].increment((double) more);
      }
    }
  }

  /** The events of a record are counted; both times are the machine's. */
  void counted(long appendedAtMillis, long nowMillis) {
    delay.record(Math.max(0, nowMillis - appendedAtMillis), TimeUnit.MILLISECONDS);
  }
}
