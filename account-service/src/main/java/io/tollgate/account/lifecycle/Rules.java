package io.tollgate.account.lifecycle;

import io.tollgate.model.RuleId;

/** The clauses behind the lifecycle of an instance. */
final class Rules {

  /** Non-payment, grace and resuming. */
  static final RuleId ARREARS = new RuleId("C2.3");

  /** Time that does not count towards the grace. */
  static final RuleId FORCE_MAJEURE = new RuleId("C10.1");

  /** Suspension for arrears. */
  static final RuleId SUSPENSION = new RuleId("C7.3");

  /** Retention, warnings and deletion. */
  static final RuleId RETENTION = new RuleId("C4.1.5");

  /** Release by the customer. */
  static final RuleId CUSTOMER_RELEASE = new RuleId("C4.1.4");

  private Rules() {}
}
