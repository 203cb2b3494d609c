package io.tollgate.support.time;

import java.util.Optional;

/**
 * One thing that must have come to rest before the test clock may go on.
 *
 * <p>Every bean of this type is asked by {@code GET /v1/clock}. Two answers without a laggard and
 * with equal counters mean that nothing happened in between.
 */
public interface SettleCheck {

  /** A stable name, e.g. {@code outbox}. */
  String name();

  /** What is still to be done, in words for an operator; empty when at rest. */
  Optional<String> laggard();

  /** Grows with each piece of work done; equal means that nothing was done. */
  long counter();
}
