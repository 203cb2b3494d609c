package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.Optional;

/**
 * Which price versions may follow (C2.1, C2.5).
 *
 * <p>The first one may start in the past, so that usage that waits for a price gets one; a later
 * one cannot, since what it would price may have been billed.
 */
final class PriceAdmission {

  private final BillingCalendar calendar;

  PriceAdmission(BillingCalendar calendar) {
    this.calendar = calendar;
  }

  /** Judges a version against those that are there. */
  Admission judge(Optional<PriceVersions> existing, PriceVersion next, Instant now) {
    if (!startsOnBoundary(next)) {
      return new Admission.Refused("effectiveFrom", boundary(next));
    }
    return existing
        .map(versions -> judgeLater(versions.last(), next, now))
        .orElseGet(Admission.Admitted::new);
  }

  /** A month's counters are those of accounts or those of instances. */
  private Optional<Admission> countsAnew(PriceVersion last, PriceVersion next) {
    Window month = calendar.monthOf(next.effectiveFrom());
    return next.countedPer() == last.countedPer() || month.start().equals(next.effectiveFrom())
        ? Optional.empty()
        : Optional.of(
            new Admission.Refused(
                "countedPer",
                "must be %s, as in version %d: it changes at the start of a local month only, the next one is %s"
                    .formatted(last.countedPer(), last.version(), month.end())));
  }

  private Admission judgeLater(PriceVersion last, PriceVersion next, Instant now) {
    if (!next.effectiveFrom().isAfter(last.effectiveFrom())) {
      return new Admission.Refused(
          "effectiveFrom",
          "must be after %s, when version %d starts"
              .formatted(last.effectiveFrom(), last.version()));
    }
    if (next.effectiveFrom().isBefore(now)) {
      return new Admission.Refused(
          "effectiveFrom",
          "%s is in the past, where only a product's first version may start: the clock is at %s"
              .formatted(next.effectiveFrom(), now));
    }
    if (!next.currency().equals(last.currency())) {
      return new Admission.Refused(
          "currency", "must be " + last.currency() + ", as in the earlier versions");
    }
    return countsAnew(last, next)
        .or(() -> FreeUse.lost(last, next).map(Admission.NeedsGate::new))
        .orElseGet(Admission.Admitted::new);
  }

  private boolean startsOnBoundary(PriceVersion version) {
    return version.effectiveFrom().equals(boundaryAround(version).start());
  }

  private String boundary(PriceVersion version) {
    String start =
        version.cycle() == BillingCycle.MONTH ? "a local month's start" : "local midnight";
    return "must be %s; the next one is %s".formatted(start, boundaryAround(version).end());
  }

  private Window boundaryAround(PriceVersion version) {
    return version.cycle() == BillingCycle.MONTH
        ? calendar.monthOf(version.effectiveFrom())
        : calendar.dayOf(version.effectiveFrom());
  }
}
