package io.tollgate.support.time;

/** Where business time comes from ({@code tollgate.clock.mode}). */
public enum ClockMode {
  /** The machine's clock. */
  SYSTEM,
  /** Stands still until an operator steps it. */
  TEST
}
