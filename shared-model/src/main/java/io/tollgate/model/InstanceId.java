package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A service instance that a platform runs for an account; the CloudEvents {@code subject} of its
 * usage.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record InstanceId(@JsonValue String value) implements Comparable<InstanceId> {

  public InstanceId {
    Identifiers.check("an instance's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static InstanceId of(String value) {
    return new InstanceId(value);
  }

  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
