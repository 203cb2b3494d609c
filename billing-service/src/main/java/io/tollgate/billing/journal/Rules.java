package io.tollgate.billing.journal;

import io.tollgate.model.RuleId;

/** The rules of the contract that authorise what billing does. */
public final class Rules {
  /** Pay-as-you-go: billed and deducted when the cycle ends. */
  public static final RuleId DEDUCTION = new RuleId("C2.3.2");

  /** Arrears and the daily penalty. */
  public static final RuleId ARREARS = new RuleId("C2.3");

  /** Recharges, their allocation and reversal. */
  public static final RuleId RECHARGE = new RuleId("C2.2");

  /** Force majeure excuses the customer as well. */
  public static final RuleId FORCE_MAJEURE = new RuleId("C10.1");

  private Rules() {}
}
