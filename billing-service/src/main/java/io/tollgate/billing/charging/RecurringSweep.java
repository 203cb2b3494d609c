package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.catalogue.Product;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Window;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Opens the cycles of instances that owe a flat fee or a minimum even when nothing was used
 * (section 1), as far as usage is complete.
 */
@Component
@Order(20)
class RecurringSweep implements Sweep {
  private static final int BATCH = 500;

  private final Transactions transactions;
  private final JdbcRecurring recurring;
  private final Catalogue catalogue;
  private final BillingCalendar calendar;

  RecurringSweep(
      Transactions transactions,
      JdbcRecurring recurring,
      Catalogue catalogue,
      BillingCalendar calendar) {
    this.transactions = transactions;
    this.recurring = recurring;
    this.catalogue = catalogue;
    this.calendar = calendar;
  }

  @Override
  public String name() {
    return "recurring-cycles";
  }

  @Override
  public String lane() {
    return ChargingSweep.LANE;
  }

  /** Instances of one product whose cycles are complete up to an instant. */
  private record Due(
      Product product, JdbcRecurring.Watermark watermark, List<JdbcRecurring.Billable> instances) {}

  @Override
  public boolean anythingDue(Instant upTo) {
    return due(upTo, 1).isPresent();
  }

  @Override
  public int runBatch(Instant upTo) {
    return transactions.run(() -> due(upTo, BATCH).map(this::open).orElse(0));
  }

  private Optional<Due> due(Instant upTo, int limit) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    List<JdbcRecurring.Watermark> watermarks = recurring.watermarks(upTo);
    for (Product product : snapshot.products().values()) {
      if (!recurs(product, snapshot)) {
        continue;
      }
      for (JdbcRecurring.Watermark watermark : watermarks) {
        if (watermark.granularity() != product.cycle().granularity()) {
          continue;
        }
        Instant complete = calendar.cycleOf(product.cycle(), watermark.closedUpTo()).start();
        List<JdbcRecurring.Billable> instances =
            recurring.due(product.product(), watermark.partition(), complete, limit);
        if (!instances.isEmpty()) {
          return Optional.of(new Due(product, watermark.at(complete), instances));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean recurs(Product product, CatalogueSnapshot snapshot) {
    return snapshot
        .pricesOf(product.product())
        .filter(prices -> prices.list().stream().anyMatch(RecurringSweep::recurs))
        .isPresent();
  }

  private static boolean recurs(PriceVersion version) {
    return version.flatFee().isPresent() || version.minimum().isPresent();
  }

  private int open(Due due) {
    Instant complete = due.watermark().closedUpTo();
    for (JdbcRecurring.Billable instance : due.instances()) {
      Window cycle = calendar.cycleOf(due.product().cycle(), instance.from());
      while (!cycle.end().isAfter(complete) && cycle.start().isBefore(instance.to())) {
        recurring.openCycle(
            instance, cycle, calendar.monthOf(cycle.start()).start(), due.watermark());
        cycle = calendar.cycleOf(due.product().cycle(), cycle.end());
      }
      recurring.openedThrough(instance, complete);
    }
    return due.instances().size();
  }
}
