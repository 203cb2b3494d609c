package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A resource platform; the name its credential carries.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record PlatformId(@JsonValue String value) implements Comparable<PlatformId> {

  public PlatformId {
    Identifiers.check("a platform's name", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static PlatformId of(String value) {
    return new PlatformId(value);
  }

  @Override
  public int compareTo(PlatformId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
