package io.tollgate.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A half-open interval {@code [start, end)} of instants (T1).
 *
 * @param start the first instant inside
 * @param end the first instant after
 */
public record Window(Instant start, Instant end) implements Comparable<Window> {

  public Window {
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException(
          "window must start before it ends: " + start + " .. " + end);
    }
  }

  public boolean contains(Instant instant) {
    return !instant.isBefore(start) && instant.isBefore(end);
  }

  /** Whether the two have an instant in common. */
  public boolean overlaps(Window other) {
    return start.isBefore(other.end) && other.start.isBefore(end);
  }

  public Duration length() {
    return Duration.between(start, end);
  }

  /** By start, then by end. */
  @Override
  public int compareTo(Window other) {
    int byStart = start.compareTo(other.start);
    return byStart != 0 ? byStart : end.compareTo(other.end);
  }
}
