package io.tollgate.model;

import java.time.Duration;
import java.time.Instant;

/** The earlier and the later of two instants, and ends that every service can read. */
public final class Instants {

  /** No service writes a later instant: its year would have more than four digits. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private Instants() {}

  /**
   * An instant and a length of any size after it; {@code 9999-12-31T23:59:59.999999Z} where that is
   * later.
   */
  public static Instant plus(Instant at, Duration length) {
    return length.compareTo(Duration.between(at, LAST)) < 0 ? at.plus(length) : LAST;
  }

  /** Whichever comes first. */
  public static Instant earlier(Instant one, Instant other) {
    return other.isBefore(one) ? other : one;
  }

  /** Whichever comes last. */
  public static Instant later(Instant one, Instant other) {
    return other.isAfter(one) ? other : one;
  }
}
