package io.tollgate.account.lifecycle;

import java.time.Instant;
import java.util.Optional;

/**
 * A warning that must reach the customer before data is deleted (C4.1.5).
 *
 * @param issuedAt when it was asked for
 * @param deliveredAt when it reached the inbox
 */
public record Warning(Optional<Instant> issuedAt, Optional<Instant> deliveredAt) {

  /** Not asked for yet. */
  public static final Warning NOT_ISSUED = new Warning(Optional.empty(), Optional.empty());

  /** A warning cannot arrive unasked. */
  public Warning {
    if (deliveredAt.isPresent() && issuedAt.isEmpty()) {
      throw new IllegalArgumentException("a warning was delivered that was never issued");
    }
  }

  Warning issued(Instant at) {
    return new Warning(Optional.of(at), Optional.empty());
  }

  Warning delivered(Instant at) {
    return new Warning(issuedAt, Optional.of(at));
  }

  /** The two warnings; {@link Leads} says how early each must be delivered. */
  public enum Lead {
    FIRST,
    LAST
  }
}
