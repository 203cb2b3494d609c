package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.SystemAccount;
import io.tollgate.model.RuleId;
import java.time.Instant;

/**
 * A row of the ledger: the only way money moves.
 *
 * @param cause the movement, or the bill and day of a penalty; names the provider's side
 * @param leg the customer's side, signed in their favour
 * @param valueTime when it counts
 * @param bookedAt when it was booked, not before it counts
 * @param rule the contract rule that authorised it
 * @param reason what changed the past, empty for what was booked in order
 */
public record Posting(
    Cause cause, Leg leg, Instant valueTime, Instant bookedAt, RuleId rule, String reason) {
  public Posting {
    if (bookedAt.isBefore(valueTime)) {
      throw new IllegalArgumentException(cause + " is posted at " + bookedAt + " and counts later");
    }
  }

  /** The provider's side. */
  SystemAccount contra() {
    return cause.kind().contra();
  }
}
