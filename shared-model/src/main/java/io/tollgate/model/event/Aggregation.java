package io.tollgate.model.event;

/** How a meter makes one quantity of a window's events. */
public enum Aggregation {
  /** Sum of the values. */
  SUM,
  /** Number of events; no value is read. */
  COUNT,
  /** Largest value. */
  MAX,
  /** Value of the latest event by event time, then by acceptance. */
  LATEST,
  /** Number of different values, exactly, within the window. */
  UNIQUE_COUNT
}
