package io.tollgate.model.event;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.tollgate.model.AccountId;
import io.tollgate.model.AdjustmentId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.RechargeId;
import io.tollgate.model.RuleId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/**
 * Events that billing publishes on {@code billing.events}, keyed by account. Each carries the
 * instant of its effect.
 */
public sealed interface BillingEvent extends BillingRecord {

  /** The types of events by name. */
  Map<String, Class<? extends BillingEvent>> TYPES =
      Map.ofEntries(
          Map.entry("tollgate.billing.bill-booked.v1", BillBooked.class),
          Map.entry("tollgate.billing.bill-adjusted.v1", BillAdjusted.class),
          Map.entry("tollgate.billing.recharge-booked.v1", RechargeBooked.class),
          Map.entry("tollgate.billing.recharge-reversed.v1", RechargeReversed.class),
          Map.entry("tollgate.billing.remittance-rejected.v1", RemittanceRejected.class),
          Map.entry("tollgate.billing.arrears-began.v1", ArrearsBegan.class),
          Map.entry("tollgate.billing.arrears-retimed.v1", ArrearsRetimed.class),
          Map.entry("tollgate.billing.arrears-cleared.v1", ArrearsCleared.class),
          Map.entry("tollgate.billing.penalty-accrued.v1", PenaltyAccrued.class),
          Map.entry("tollgate.billing.debt-stated.v1", DebtStated.class),
          Map.entry("tollgate.billing.force-majeure-declared.v1", ForceMajeureDeclared.class),
          Map.entry("tollgate.billing.low-balance.v1", LowBalance.class),
          Map.entry("tollgate.billing.adjustment-booked.v1", AdjustmentBooked.class),
          Map.entry("tollgate.billing.price-changed.v1", PriceChanged.class));

  /** The codec of the events on the topic; passes over what is none. */
  EventCodec<BillingEvent> CODEC = EventCodec.of(TYPES);

  AccountId account();

  /** Business instant of the effect. */
  Instant at();

  /** The contract rule behind it. */
  RuleId rule();

  /** A cycle's usage was billed and deducted (C2.3.2). */
  record BillBooked(
      AccountId account,
      BillId bill,
      ProductId product,
      BillingCycle cycle,
      Instant periodStart,
      Instant periodEnd,
      Money amount,
      Money fromFunds,
      Money fromCredit,
      Money owed,
      Instant dueAt,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /**
   * Late or corrected usage changed what an earlier period cost; negative is in the customer's
   * favour.
   */
  record BillAdjusted(
      AccountId account,
      BillId bill,
      BillId adjusts,
      ProductId product,
      Instant periodStart,
      Instant periodEnd,
      Money difference,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /**
   * Money arrived and was allocated (C2.2). The parts add up to the amount; {@code transaction} is
   * the channel's number, by which it can be entered again (older events lack it).
   */
  record RechargeBooked(
      AccountId account,
      RechargeId recharge,
      String channel,
      Optional<String> transaction,
      Money amount,
      Money toPrincipal,
      Money toPenalty,
      Money toCredit,
      Money toFunds,
      Instant valueTime,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /** The channel took a recharge back (C2.2), under a number of its own (older events lack it). */
  record RechargeReversed(
      AccountId account,
      RechargeId recharge,
      Optional<String> reversal,
      Money amount,
      Money owed,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /** An operator refused a remittance that was known to be the account's (C2.2): nothing moved. */
  record RemittanceRejected(
      AccountId account,
      RechargeId recharge,
      String transaction,
      Money amount,
      String reason,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /**
   * A bill of the account for a product is unpaid (C2.3).
   *
   * @param product what is owed for; each has arrears of its own
   * @param earliestBill the product's earliest unpaid bill
   * @param earliestDueAt when that fell due; starts the product's grace
   * @param owed what is owed for the product
   * @param penaltyRate the share of it that a natural day costs, by the policy of the day after
   *     {@code at}, the first that can cost something; missing from an older billing
   */
  record ArrearsBegan(
      AccountId account,
      ProductId product,
      BillId earliestBill,
      Instant earliestDueAt,
      Money owed,
      @JsonFormat(shape = JsonFormat.Shape.STRING) Optional<BigDecimal> penaltyRate,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /**
   * The product's earliest unpaid bill has changed; pending steps are re-timed from it (section 6).
   */
  record ArrearsRetimed(
      AccountId account,
      ProductId product,
      BillId earliestBill,
      Instant earliestDueAt,
      Money owed,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /**
   * Everything owed for the product is paid; penalty may remain and neither suspends nor prevents
   * resuming (C2.3).
   *
   * @param penaltyOwed the account's unpaid penalty
   */
  record ArrearsCleared(
      AccountId account, ProductId product, Money penaltyOwed, Instant at, RuleId rule)
      implements BillingEvent {}

  /**
   * One day's penalty on one bill (C2.3).
   *
   * @param principal what was owed of the bill at the day's end
   * @param amount what the day costs
   * @param unpaid the account's unpaid penalty, over all its bills, with this one
   */
  record PenaltyAccrued(
      AccountId account,
      BillId bill,
      LocalDate day,
      Money principal,
      Money amount,
      Money unpaid,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /**
   * What the account owes after a transaction, whenever that changed otherwise than by the day's
   * penalty, which {@link PenaltyAccrued} states itself (C2.3). It replaces what was stated before:
   * a reader adds nothing up.
   *
   * @param owed principal past its due time that neither funds nor credit cover
   * @param penalty penalty not yet paid
   */
  record DebtStated(AccountId account, Money owed, Money penalty, Instant at, RuleId rule)
      implements BillingEvent {}

  /**
   * An operator declared force majeure for the account (C10.1): the natural days that the time
   * touches cost no penalty, and the time does not count towards grace. The same declaration comes
   * again with another end when it ends early; then the newer one counts. One that was withdrawn
   * before it began ends when it begins.
   *
   * @param declaration its id, the same for every account
   * @param from when it begins
   * @param to when it ends, exclusive; may lie ahead
   * @param reason the operator's
   */
  record ForceMajeureDeclared(
      AccountId account,
      String declaration,
      Instant from,
      Instant to,
      String reason,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /** The direction of a manual adjustment. */
  enum AdjustmentKind {
    CREDITED,
    TAKEN_BACK
  }

  /** An operator credited the account manually, or reversed such a credit. */
  record AdjustmentBooked(
      AccountId account,
      AdjustmentId adjustment,
      AdjustmentKind kind,
      Money amount,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /** What happened to a price version. */
  enum PriceChange {
    ADDED,
    WITHDRAWN
  }

  /**
   * The price of a product that the account uses changes at {@code effectiveFrom}, or no longer.
   */
  record PriceChanged(
      AccountId account,
      ProductId product,
      int version,
      PriceChange change,
      Instant effectiveFrom,
      Instant at,
      RuleId rule)
      implements BillingEvent {}

  /**
   * The balance is, or will soon be, below the threshold that the customer set (C2.2, C7.3).
   *
   * @param available funds and undrawn credit less what open cycles have come to
   * @param threshold the amount it is below; empty for a forecast
   * @param exhaustedAt when nothing is left at the pace of the last days; empty for a threshold
   */
  record LowBalance(
      AccountId account,
      Reason reason,
      Money available,
      Optional<Money> threshold,
      Optional<Instant> exhaustedAt,
      Instant at,
      RuleId rule)
      implements BillingEvent {

    /** What caused the event. */
    public enum Reason {
      THRESHOLD,
      FORECAST
    }
  }
}
