package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A correction of an account's money that an operator entered by hand.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record AdjustmentId(@JsonValue String value) implements Comparable<AdjustmentId> {

  public AdjustmentId {
    Identifiers.check("an adjustment's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AdjustmentId of(String value) {
    return new AdjustmentId(value);
  }

  @Override
  public int compareTo(AdjustmentId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
