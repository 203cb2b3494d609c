package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A meter: what is counted, and how.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record MeterKey(@JsonValue String value) implements Comparable<MeterKey> {

  public MeterKey {
    Identifiers.check("a meter's name", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static MeterKey of(String value) {
    return new MeterKey(value);
  }

  @Override
  public int compareTo(MeterKey other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
