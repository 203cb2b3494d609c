package io.tollgate.billing.journal;

import io.tollgate.billing.money.Movement;
import io.tollgate.model.RuleId;
import java.time.Instant;

/**
 * A movement, with when and by which rule it was booked. Throws {@link IllegalArgumentException} if
 * it is booked before its value time.
 *
 * @param movement the movement
 * @param bookedAt when it was booked, not before its value time
 * @param rule the contract rule that authorised it
 */
public record BookedMovement(Movement movement, Instant bookedAt, RuleId rule) {
  public BookedMovement {
    if (bookedAt.isBefore(movement.valueTime())) {
      throw new IllegalArgumentException(
          "%s is booked at %s and counts later".formatted(movement.cause(), bookedAt));
    }
  }
}
