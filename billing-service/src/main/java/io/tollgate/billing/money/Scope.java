package io.tollgate.billing.money;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a pot may pay, and until when.
 *
 * @param parts the kinds of charges: principal, penalty or both
 * @param endsAt the end of its validity, exclusive
 */
record Scope(Set<SubAccount> parts, Instant endsAt) {
  /** Pays everything, without an end. */
  static final Scope EVERYTHING = new Scope(EnumSet.allOf(SubAccount.class), Instant.MAX);

  /** Pays service fees and never a penalty, without an end. */
  static final Scope PRINCIPAL = new Scope(EnumSet.of(SubAccount.PRINCIPAL), Instant.MAX);

  /** Pays penalties only, without an end. */
  static final Scope PENALTY = new Scope(EnumSet.of(SubAccount.PENALTY), Instant.MAX);

  Scope {
    parts = Set.copyOf(parts);
  }

  /** Whether the pot may pay a kind of charge at an instant. */
  boolean covers(SubAccount part, Instant at) {
    return parts.contains(part) && at.isBefore(endsAt);
  }
}
