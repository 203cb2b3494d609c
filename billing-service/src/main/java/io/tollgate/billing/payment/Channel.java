package io.tollgate.billing.payment;

import io.tollgate.billing.money.CauseKind;

/** How money comes in (C2.2). */
enum Channel {
  ALIPAY(CauseKind.ALIPAY_RECHARGE, CauseKind.ALIPAY_REVERSAL),
  ONLINE_BANKING(CauseKind.ONLINE_BANKING_RECHARGE, CauseKind.ONLINE_BANKING_REVERSAL),
  /**
   * Waits for an operator's confirmation. It may name the payee account, which then says whose it
   * is.
   */
  REMITTANCE(CauseKind.REMITTANCE_RECHARGE, CauseKind.REMITTANCE_REVERSAL);

  private final CauseKind recharge;
  private final CauseKind reversal;

  Channel(CauseKind recharge, CauseKind reversal) {
    this.recharge = recharge;
    this.reversal = reversal;
  }

  /** What its recharges are booked as. */
  CauseKind recharge() {
    return recharge;
  }

  /** What is booked when the channel takes one back. */
  CauseKind reversal() {
    return reversal;
  }
}
