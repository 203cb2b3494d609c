package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.SystemAccount;
import io.tollgate.model.RuleId;
import java.time.Instant;

/**
 * A row of the ledger. Its amount moves between a part of the customer's account and the system
 * account that its cause names, so that the two sides always add up to 0. Postings are never
 * changed or deleted; a correction is another posting. Throws {@link IllegalArgumentException} if
 * it is booked before its value time.
 *
 * @param cause a movement, or the penalty of a bill for a day; determines the provider's side
 * @param leg the customer's side; the amount is in their favour
 * @param valueTime when it takes effect
 * @param bookedAt when it was booked, not before its value time
 * @param rule the contract rule that authorised it
 * @param reason why the past was recomputed; empty for what was booked in order
 */
public record Posting(
    Cause cause, Leg leg, Instant valueTime, Instant bookedAt, RuleId rule, String reason) {
  public Posting {
    if (bookedAt.isBefore(valueTime)) {
      throw new IllegalArgumentException(cause + " is posted at " + bookedAt + " and counts later");
    }
  }

  /** The system account on the provider's side. */
  SystemAccount contra() {
    return cause.kind().contra();
  }
}
