package io.tollgate.model;

import java.time.Instant;

/** The earlier and the later of two instants. */
public final class Instants {

  private Instants() {}

  /** Whichever comes first. */
  public static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  /** Whichever comes last. */
  public static Instant later(Instant one, Instant other) {
    return other.isAfter(one) ? other : one;
  }
}
