package io.tollgate.billing.money;

/**
 * The accounts on the provider's side of postings. They have no balance row, so that no row is
 * updated by every booking; their balances are the sums of their postings.
 */
public enum SystemAccount {
  REVENUE,
  PENALTY_INCOME,
  ALIPAY,
  ONLINE_BANKING,
  REMITTANCE,
  /** Credit that a raised limit gives for unpaid principal. */
  CREDIT,
  /** What operators granted or took back. */
  ADJUSTMENTS;

  /** Whether it is a channel's, by which money of recharges comes in and is taken back. */
  boolean isOfAChannel() {
    return switch (this) {
      case ALIPAY, ONLINE_BANKING, REMITTANCE -> true;
      case REVENUE, PENALTY_INCOME, CREDIT, ADJUSTMENTS -> false;
    };
  }
}
