package io.tollgate.account.lifecycle;

import io.tollgate.model.RuleId;
import java.time.Instant;

/**
 * The end of an instance's service by an operator; not undone by payment (C7.4).
 *
 * @param reason why, in the operator's words
 * @param clearing what happens to the data
 * @param rule the rule it rests on
 * @param at when it took effect
 */
public record Termination(String reason, Clearing clearing, RuleId rule, Instant at) {

  /** What happens to a terminated instance's data. */
  public enum Clearing {
    /** Kept for the retention period, deleted after both warnings (C4.1.5). */
    AFTER_RETENTION,
    /** Deleted at once: serious violation (C7.4.2). */
    AT_ONCE
  }
}
