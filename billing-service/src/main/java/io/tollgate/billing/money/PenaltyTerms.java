package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * What a day of debt costs (C2.3).
 *
 * @param calendar whose natural days count
 * @param rates the share of the principal that a day costs
 */
public record PenaltyTerms(BillingCalendar calendar, Rates rates) {
  /** The rate in force for a bill on a day: one thousandth unless a policy says otherwise. */
  @FunctionalInterface
  public interface Rates {
    BigDecimal on(BillId bill, LocalDate day);
  }

  /**
   * The first instant at which a new debt would not have cost any of the days that are accrued: the
   * first that costs is the one after the day on which it falls due.
   */
  public Instant firstWithoutPenalty(Instant accruedTo) {
    return calendar.startOf(calendar.dateOf(accruedTo).minusDays(1));
  }
}
