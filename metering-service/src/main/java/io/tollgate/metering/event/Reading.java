package io.tollgate.metering.event;

/** What came of reading the bytes of a posted event. */
public sealed interface Reading {

  /** It is a usage event. */
  record Read(UsageEvent event) implements Reading {}

  /**
   * It is none.
   *
   * @param reason what is wrong, for its author; quotes the refused attribute, never the data
   */
  record Refused(String reason) implements Reading {}
}
