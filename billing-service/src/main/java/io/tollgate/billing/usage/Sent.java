package io.tollgate.billing.usage;

import java.time.Instant;

/**
 * When metering sent usage.
 *
 * @param tick business time of the revision
 * @param generation the generation of metering that sent it; empty if unknown
 */
record Sent(Instant tick, String generation) {
  static final Sent NEVER = new Sent(Instant.MIN, "");

  Sent later(Sent other) {
    return other.tick.isAfter(tick) ? other : this;
  }
}
