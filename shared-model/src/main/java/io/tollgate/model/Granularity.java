package io.tollgate.model;

/** The width of a usage window: what metering emits. */
public enum Granularity {
  /** One local hour; on {@code usage.hourly}. */
  HOUR,
  /** One local calendar day, 23 to 25 hours long where clocks change; on {@code usage.daily}. */
  DAY
}
