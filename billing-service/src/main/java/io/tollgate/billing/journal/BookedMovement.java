package io.tollgate.billing.journal;

import io.tollgate.billing.money.Movement;
import io.tollgate.model.RuleId;
import java.time.Instant;

/**
 * A movement and when and by which rule it was booked.
 *
 * @param movement what moved
 * @param bookedAt when it was booked, not before it counts
 * @param rule by which rule
 */
public record BookedMovement(Movement movement, Instant bookedAt, RuleId rule) {
  public BookedMovement {
    if (bookedAt.isBefore(movement.valueTime())) {
      throw new IllegalArgumentException(
          "%s is booked at %s and counts later".formatted(movement.cause(), bookedAt));
    }
  }
}
