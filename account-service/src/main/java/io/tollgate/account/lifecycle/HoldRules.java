package io.tollgate.account.lifecycle;

import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent.HoldCause;

/** The rule behind each cause of a hold (section 6). */
public final class HoldRules {

  private HoldRules() {}

  /** The rule behind a cause. */
  public static RuleId of(HoldCause cause) {
    return new RuleId(
        switch (cause) {
          case ARREARS -> "C7.3";
          case VIOLATION -> "C3.2.12";
          case UNANSWERED_COMPLAINT -> "C3.1.9";
          case ATTACK -> "C7.4.3";
          case BEYOND_SPECIFICATION -> "C3.2.5";
          case OPERATOR -> "S6";
        });
  }
}
