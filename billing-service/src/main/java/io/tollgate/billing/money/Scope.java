package io.tollgate.billing.money;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a pot may pay, and until when.
 *
 * @param parts principal of bills, penalty of bills or both
 * @param endsAt the first instant at which it pays nothing any more
 */
record Scope(Set<SubAccount> parts, Instant endsAt) {
  /** Pays everything, for ever. */
  static final Scope EVERYTHING = new Scope(EnumSet.allOf(SubAccount.class), Instant.MAX);

  /** Pays service fees and never a penalty, for ever. */
  static final Scope PRINCIPAL = new Scope(EnumSet.of(SubAccount.PRINCIPAL), Instant.MAX);

  /** Pays penalty only, for ever. */
  static final Scope PENALTY = new Scope(EnumSet.of(SubAccount.PENALTY), Instant.MAX);

  Scope {
    parts = Set.copyOf(parts);
  }

  /** Whether it pays something that is charged at an instant. */
  boolean covers(SubAccount part, Instant at) {
    return parts.contains(part) && at.isBefore(endsAt);
  }
}
