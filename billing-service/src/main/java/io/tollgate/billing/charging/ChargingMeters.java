package io.tollgate.billing.charging;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tollgate.store.jdbc.AfterCommit;
import io.tollgate.support.observability.Histograms;
import io.tollgate.support.time.BusinessClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** How long complete cycles wait for their bill. */
@Component
class ChargingMeters {

  private final Timer delay;
  private final BusinessClock clock;

  ChargingMeters(MeterRegistry meters, BusinessClock clock) {
    this.clock = clock;
    this.delay =
        Histograms.ofDelays(
            meters,
            "tollgate_charging_delay_seconds",
            "From the closing of a cycle's last usage window, or its next try once set aside, to"
                + " billing the cycle; business time",
            Tags.empty());
  }

  /** Cycles are billed once the running transaction has committed. */
  void charged(List<DueCycle> cycles) {
    List<Instant> closed = cycles.stream().map(DueCycle::closedAt).toList();
    AfterCommit.run(
        () -> {
          Instant now = clock.now();
          closed.forEach(at -> delay.record(atLeast0(Duration.between(at, now))));
        });
  }

  private static Duration atLeast0(Duration waited) {
    return waited.isNegative() ? Duration.ZERO : waited;
  }
}
