package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.MeterKey;
import io.tollgate.support.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Refuses prices whose meters do not exist or emit nothing that the product's cycle bills. */
final class MeterAdmission {
  private static final String RULE = "C2.3.2";
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  /** As long as a meter that was just defined may be on its way. */
  private static final int MAX_PAUSES = 60;

  private final JdbcMeters meters;

  MeterAdmission(JdbcMeters meters) {
    this.meters = meters;
  }

  /**
   * Waits a few seconds for meters that are not known yet; outside of any transaction. Whether they
   * fit is decided by {@link #check}.
   */
  void await(List<String> names) {
    List<MeterKey> wanted = names.stream().flatMap(name -> key(name).stream()).distinct().toList();
    for (int i = 0; i < MAX_PAUSES && meters.versions(wanted).size() < wanted.size(); i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static Optional<MeterKey> key(String name) {
    try {
      return Optional.of(MeterKey.of(name));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Checks a price.
   *
   * @throws ProblemException 422, naming the meter, what it emits and what is needed
   */
  void check(PriceVersion price) {
    MeterFit.of(price, meters.versions(price.meterKeys()))
        .ifPresent(
            misfit -> {
              throw ProblemException.refused(
                  switch (misfit) {
                    case MeterFit.Misfit.Missing missing -> "meter-missing";
                    case MeterFit.Misfit.DoesNotEmit emission -> "meter-does-not-emit";
                  },
                  misfit.reason(),
                  RULE);
            });
  }
}
