package io.tollgate.billing.money;

/** The provider's side of a posting. System accounts keep no balance row: nothing is hot. */
public enum SystemAccount {
  REVENUE,
  PENALTY_INCOME,
  ALIPAY,
  ONLINE_BANKING,
  REMITTANCE,
  /** The provider's credit: what it covers of owed principal, when a limit is raised. */
  CREDIT,
  /** What operators gave or took back by hand. */
  ADJUSTMENTS
}
