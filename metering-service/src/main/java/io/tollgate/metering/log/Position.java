package io.tollgate.metering.log;

/**
 * Where an event lies in its partition of {@code usage.events}, as one number that grows along the
 * log: the offset of its record, and its place among the events of that record.
 */
public final class Position {

  /** How many events a record can hold. */
  static final int EVENTS = 1 << Position.INDEX_BITS;

  private static final int INDEX_BITS = 10;

  private Position() {}

  /** The position of an event. */
  public static long of(long offset, int index) {
    if (index < 0 || index >= EVENTS) {
      throw new IllegalArgumentException("a record holds at most " + EVENTS + " events");
    }
    return offset << INDEX_BITS | index;
  }

  /** The offset of the record that holds the event. */
  public static long offset(long position) {
    return position >> INDEX_BITS;
  }

  /** The event's place in its record; 0 in a record of one. */
  public static int index(long position) {
    return (int) (position & (EVENTS - 1));
  }
}
