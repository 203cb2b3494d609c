package io.tollgate.billing.lowbalance;

import static io.tollgate.model.Instants.later;

import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.money.Balances;
import io.tollgate.billing.usage.AccruedUsage;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Computes what accounts have left and how fast they consume it: the daily cost of hours and days
 * over the last week, and the month-to-date cost of each open month per day.
 */
@Component
class Outlooks {
  private static final Duration RECENT = Duration.ofDays(7);

  /** Of a shorter time nothing can be said. */
  private static final Duration SHORTEST = Duration.ofHours(1);

  private final JdbcLowBalance repository;
  private final AccruedUsage accrued;

  Outlooks(JdbcLowBalance repository, AccruedUsage accrued) {
    this.repository = repository;
    this.accrued = accrued;
  }

  /** Funds and undrawn credit of an account; a lowered limit takes nothing away. */
  static Money booked(OpenAccount account) {
    Balances balances = account.balances();
    return balances.funds().plus(balances.creditLeft());
  }

  /**
   * The outlook of an account.
   *
   * @param booked funds and undrawn credit
   */
  Outlook of(AccountId account, Money booked, Instant at) {
    CurrencyCode currency = booked.currency();
    Money open = Money.zero(currency);
    Instant since = later(at.minus(RECENT), repository.openedAt(account));
    BigDecimal perDay =
        Outlook.perDay(
            repository.billedByHourAndDay(account, since, at, currency), between(since, at));
    for (AccruedUsage.OpenCycle cycle : accrued.openCycles(account, currency)) {
      open = open.plus(cycle.cost());
      if (cycle.cycle() == BillingCycle.MONTH) {
        Instant from = later(cycle.window().start(), repository.openedAt(account));
        perDay = perDay.add(Outlook.perDay(cycle.cost(), between(from, at)));
      }
    }
    return new Outlook(at, booked.minus(open), perDay);
  }

  private static Duration between(Instant from, Instant to) {
    Duration elapsed = Duration.between(from, to);
    return elapsed.compareTo(SHORTEST) < 0 ? SHORTEST : elapsed;
  }
}
