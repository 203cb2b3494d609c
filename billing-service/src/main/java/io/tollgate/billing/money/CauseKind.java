package io.tollgate.billing.money;

import java.util.EnumSet;
import java.util.Set;

/**
 * The kinds of causes. Each names the system account on the other side of its postings, so a kind
 * without a contra account does not compile.
 */
public enum CauseKind {
  /** A bill: what a cycle costs, an additional charge, or a credit by a correction (C2.3.2). */
  BILL(SystemAccount.REVENUE),
  /** The penalty of a bill for a natural day (C2.3). */
  PENALTY_DAY(SystemAccount.PENALTY_INCOME),
  ALIPAY_RECHARGE(SystemAccount.ALIPAY),
  /** Alipay reversed a recharge. */
  ALIPAY_REVERSAL(SystemAccount.ALIPAY),
  ONLINE_BANKING_RECHARGE(SystemAccount.ONLINE_BANKING),
  /** The bank reversed a recharge by online banking. */
  ONLINE_BANKING_REVERSAL(SystemAccount.ONLINE_BANKING),
  REMITTANCE_RECHARGE(SystemAccount.REMITTANCE),
  /** The bank reversed a remittance. */
  REMITTANCE_REVERSAL(SystemAccount.REMITTANCE),
  /** A change of the credit limit: a raised one covers unpaid principal at once (section 4). */
  CREDIT_LIMIT(SystemAccount.CREDIT),
  /** Money that an operator granted, or took back. */
  ADJUSTMENT(SystemAccount.ADJUSTMENTS);

  private final SystemAccount contra;

  CauseKind(SystemAccount contra) {
    this.contra = contra;
  }

  /** Whether a receipt may have it as its cause. */
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

  /** Whether a reversal may have it as its cause. */
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

  /** The kinds whose causes are recharges and their reversals, of all channels. */
  public static Set<CauseKind> ofRecharges() {
    Set<CauseKind> kinds = EnumSet.allOf(CauseKind.class);
    kinds.removeIf(kind -> !kind.contra.isOfAChannel());
    return kinds;
  }

  /** The system account on the provider's side of its postings. */
  public SystemAccount contra() {
    return contra;
  }
}
