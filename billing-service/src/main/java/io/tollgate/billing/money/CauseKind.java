package io.tollgate.billing.money;

/**
 * What kinds of things move money. Each names the system account on the other side of its postings,
 * so that a new kind can't be booked against whatever happens to be the default.
 */
public enum CauseKind {
  /** A bill: what a cycle costs, what it costs in addition, or what a correction credits. */
  BILL(SystemAccount.REVENUE),
  /** The penalty of a bill for a natural day (C2.3). */
  PENALTY_DAY(SystemAccount.PENALTY_INCOME),
  ALIPAY_RECHARGE(SystemAccount.ALIPAY),
  /** Alipay took a recharge back. */
  ALIPAY_REVERSAL(SystemAccount.ALIPAY),
  ONLINE_BANKING_RECHARGE(SystemAccount.ONLINE_BANKING),
  /** The bank took a recharge back. */
  ONLINE_BANKING_REVERSAL(SystemAccount.ONLINE_BANKING),
  REMITTANCE_RECHARGE(SystemAccount.REMITTANCE),
  /** The bank took a remittance back. */
  REMITTANCE_REVERSAL(SystemAccount.REMITTANCE),
  /** Another credit limit, which covers owed principal at once. */
  CREDIT_LIMIT(SystemAccount.CREDIT),
  /** Money that an operator gave or took back by hand. */
  ADJUSTMENT(SystemAccount.ADJUSTMENTS);

  private final SystemAccount contra;

  CauseKind(SystemAccount contra) {
    this.contra = contra;
  }

  /** Whether money can come in by it. */
  boolean isOfReceipts() {
    return switch (this) {
      case BILL, ALIPAY_RECHARGE, ONLINE_BANKING_RECHARGE, REMITTANCE_RECHARGE, ADJUSTMENT -> true;
      case PENALTY_DAY,
          ALIPAY_REVERSAL,
          ONLINE_BANKING_REVERSAL,
          REMITTANCE_REVERSAL,
          CREDIT_LIMIT ->
          false;
    };
  }

  /** Whether money that came in can be taken back by it. */
  boolean isOfReversals() {
    return switch (this) {
      case ALIPAY_REVERSAL, ONLINE_BANKING_REVERSAL, REMITTANCE_REVERSAL, ADJUSTMENT -> true;
      case BILL,
          PENALTY_DAY,
          ALIPAY_RECHARGE,
          ONLINE_BANKING_RECHARGE,
          REMITTANCE_RECHARGE,
          CREDIT_LIMIT ->
          false;
    };
  }

  /** The provider's side of the postings. */
  public SystemAccount contra() {
    return contra;
  }
}
