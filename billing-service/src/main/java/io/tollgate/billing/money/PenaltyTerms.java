package io.tollgate.billing.money;

import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

/**
 * How penalties accrue (C2.3).
 *
 * @param calendar defines the natural days
 * @param rates what a day costs
 */
public record PenaltyTerms(BillingCalendar calendar, Rates rates) {
  /** The penalty rate of a bill on a day. */
  @FunctionalInterface
  public interface Rates {
    /**
     * The share of the bill's owed principal that the day costs, from 0 to 1: one thousandth by
     * default, 0 on a day of force majeure (C10.1).
     */
    BigDecimal on(BillId bill, LocalDate day);

    /** The same by the policy in force alone, whether or not the day is one of force majeure. */
    default BigDecimal agreed(BillId bill, LocalDate day) {
      return on(bill, day);
    }
  }

  /**
   * The earliest due time of a new debt that leaves the accrued penalties as they are. The first
   * day that costs is the one after the due date.
   *
   * @param accruedTo the penalties of all days that ended by then are accrued
   */
  public Instant firstWithoutPenalty(Instant accruedTo) {
    return calendar.startOf(calendar.dateOf(accruedTo).minusDays(1));
  }
}
