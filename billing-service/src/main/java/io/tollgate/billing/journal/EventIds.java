package io.tollgate.billing.journal;

import io.tollgate.model.event.BillingEvent;

/**
 * Ids of events, derived from their cause: the same cause makes the same id. What may happen to an
 * account more than once at one instant bears its place in the account's history as well.
 */
final class EventIds {
  private EventIds() {}

  /**
   * The id of an event.
   *
   * @param place unique among the events of the account
   */
  static String of(BillingEvent event, String place) {
    return switch (event) {
      case BillingEvent.BillBooked e -> "bill-booked:" + e.bill();
      case BillingEvent.BillAdjusted e -> "bill-adjusted:" + e.bill();
      case BillingEvent.RechargeBooked e -> "recharge-booked:" + e.recharge();
      case BillingEvent.RechargeReversed e -> "recharge-reversed:" + e.recharge();
      case BillingEvent.RemittanceRejected e -> "remittance-rejected:" + e.recharge();
      case BillingEvent.ArrearsBegan e ->
          "arrears-began:" + e.account() + ":" + e.product() + ":" + e.at() + ":" + place;
      case BillingEvent.ArrearsRetimed e ->
          "arrears-retimed:" + e.account() + ":" + e.earliestBill() + ":" + e.at() + ":" + place;
      case BillingEvent.ArrearsCleared e ->
          "arrears-cleared:" + e.account() + ":" + e.product() + ":" + e.at() + ":" + place;
      case BillingEvent.PenaltyAccrued e -> "penalty-accrued:" + e.bill() + ":" + e.day();
      case BillingEvent.DebtStated e -> "debt-stated:" + e.account() + ":" + e.at() + ":" + place;
      case BillingEvent.ForceMajeureDeclared e ->
          "force-majeure:" + e.declaration() + ":" + e.account() + ":" + e.to();
      case BillingEvent.AdjustmentBooked e -> "adjustment-booked:" + e.adjustment();
      case BillingEvent.PriceChanged e ->
          "price-changed:%s:%s:%d:%s".formatted(e.account(), e.product(), e.version(), e.change());
      case BillingEvent.LowBalance e ->
          "low-balance:" + e.account() + ":" + e.reason() + ":" + e.at() + ":" + place;
    };
  }
}
