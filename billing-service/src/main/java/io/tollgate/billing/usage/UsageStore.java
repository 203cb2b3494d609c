package io.tollgate.billing.usage;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.UsageRevision;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Stores usage as metering reports it, and opens the cycles in which it is billed. */
@Component
class UsageStore {
  private final JdbcWindows windows;
  private final JdbcCycleOpening cycles;
  private final JdbcUnpricedUsage unpriced;
  private final Catalogue catalogue;
  private final BillingCalendar calendar;

  UsageStore(
      JdbcWindows windows,
      JdbcCycleOpening cycles,
      JdbcUnpricedUsage unpriced,
      Catalogue catalogue,
      BillingCalendar calendar) {
    this.windows = windows;
    this.cycles = cycles;
    this.unpriced = unpriced;
    this.catalogue = catalogue;
    this.calendar = calendar;
  }

  /**
   * Stores revisions of one output partition. Of a product's usage only what its cycle bills is
   * kept; all of it while the product is unknown.
   *
   * @throws IllegalArgumentException if they are not all of one granularity
   */
  void store(List<UsageRevision> revisions, int output) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    Granularity granularity = granularityOf(revisions);
    List<UsageRevision> wanted = new ArrayList<>(revisions.size());
    List<UsageRevision> ofUnknownProducts = new ArrayList<>();
    for (UsageRevision revision : revisions) {
      Optional<BillingCycle> cycle = snapshot.cycleOf(revision.product());
      if (cycle.isEmpty()) {
        ofUnknownProducts.add(revision);
      }
      if (cycle.isEmpty() || cycle.get().granularity() == granularity) {
        wanted.add(revision);
      }
    }
    TouchedCycles touched = new TouchedCycles(calendar);
    for (UsageRevision each : windows.write(wanted)) {
      snapshot
          .cycleOf(each.product())
          .ifPresent(
              length ->
                  touched.add(
                      each.account(),
                      each.product(),
                      length,
                      each.windowStart(),
                      each.partition(),
                      new Sent(each.tick(), each.generation()),
                      1));
    }
    cycles.open(touched.inOrder(), output, granularity);
    unpriced.note(ofUnknownProducts, output);
  }

  private static Granularity granularityOf(List<UsageRevision> revisions) {
    Set<Granularity> granularities = EnumSet.noneOf(Granularity.class);
    revisions.forEach(revision -> granularities.add(revision.granularity()));
    if (granularities.size() != 1) {
      throw new IllegalArgumentException(
          "usage of " + granularities + " in one batch: it is stored by one granularity at a time");
    }
    return granularities.iterator().next();
  }
}
