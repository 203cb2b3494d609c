package io.tollgate.metering.event;

/** What came of reading the bytes of a posted event. */
public sealed interface Reading {

  /** It is a usage event. */
  record Read(UsageEvent event) implements Reading {}

  /**
   * It is none.
   *
   * @param reason what is wrong, for its author; holds nothing of the event's values
   */
  record Refused(String reason) implements Reading {}
}
