package io.tollgate.billing.charging;

import static io.tollgate.model.Instants.later;

import io.tollgate.billing.catalogue.Catalogue;
import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.catalogue.Product;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.PriceVersions;
import io.tollgate.billing.sweep.MoneySweep;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Window;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Opens the cycles of instances that owe a flat fee or a minimum even without usage (section 1), as
 * far as usage is complete. Before its product's first price an instance owes neither.
 */
@Component
@Order(20)
class RecurringSweep extends IsolatedSweep<RecurringSweep.Due> {
  static final String NAME = "recurring-cycles";
  private static final int BATCH = 500;

  private final Transactions transactions;
  private final JdbcRecurring recurring;
  private final Catalogue catalogue;
  private final BillingCalendar calendar;

  RecurringSweep(
      Transactions transactions,
      JdbcRecurring recurring,
      Catalogue catalogue,
      BillingCalendar calendar,
      Isolation isolation) {
    super(NAME, BATCH, isolation);
    this.transactions = transactions;
    this.recurring = recurring;
    this.catalogue = catalogue;
    this.calendar = calendar;
  }

  @Override
  public String lane() {
    return MoneySweep.LANE;
  }

  /** An instance, and from where to where its product has prices and complete cycles. */
  record Due(
      Product product,
      Instant pricedFrom,
      JdbcRecurring.Watermark watermark,
      JdbcRecurring.Billable instance) {}

  @Override
  protected Subject subjectOf(Due due) {
    return Subject.of(due.instance().account(), due.instance().instance().value());
  }

  @Override
  protected int apply(List<Due> due, Instant upTo) {
    return transactions.run(() -> open(due));
  }

  @Override
  protected List<Due> due(Instant upTo, int limit, Selection selection) {
    CatalogueSnapshot snapshot = catalogue.snapshot();
    List<JdbcRecurring.Watermark> watermarks = recurring.watermarks(upTo);
    for (Product product : snapshot.products().values()) {
      Optional<PriceVersions> prices =
          snapshot.pricesOf(product.product()).filter(RecurringSweep::recur);
      if (prices.isEmpty()) {
        continue;
      }
      for (JdbcRecurring.Watermark watermark : watermarks) {
        if (watermark.granularity() != product.cycle().granularity()) {
          continue;
        }
        Instant complete = calendar.cycleOf(product.cycle(), watermark.closedUpTo()).start();
        List<JdbcRecurring.Billable> instances =
            recurring.due(product.product(), watermark.partition(), complete, limit, selection);
        if (!instances.isEmpty()) {
          return instances.stream()
              .map(
                  instance ->
                      new Due(product, prices.get().start(), watermark.at(complete), instance))
              .toList();
        }
      }
    }
    return List.of();
  }

  private static boolean recur(PriceVersions prices) {
    return prices.list().stream().anyMatch(RecurringSweep::recurs);
  }

  private static boolean recurs(PriceVersion version) {
    return version.flatFee().isPresent() || version.minimum().isPresent();
  }

  private int open(List<Due> due) {
    Set<InstanceId> free = recurring.lockFree(due.stream().map(Due::instance).toList());
    List<Due> own = due.stream().filter(each -> free.contains(each.instance().instance())).toList();
    own.forEach(this::open);
    return own.size();
  }

  private void open(Due due) {
    Instant complete = due.watermark().closedUpTo();
    JdbcRecurring.Billable instance = due.instance();
    Window cycle =
        calendar.cycleOf(due.product().cycle(), later(instance.from(), due.pricedFrom()));
    while (!cycle.end().isAfter(complete) && cycle.start().isBefore(instance.to())) {
      recurring.openCycle(
          instance, cycle, calendar.monthOf(cycle.start()).start(), due.watermark());
      cycle = calendar.cycleOf(due.product().cycle(), cycle.end());
    }
    recurring.openedThrough(instance, complete);
  }
}
