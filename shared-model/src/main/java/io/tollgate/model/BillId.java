package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A bill: what one product cost an account over one billing cycle, or an adjustment of it.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record BillId(@JsonValue String value) implements Comparable<BillId> {

  public BillId {
    Identifiers.check("a bill's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static BillId of(String value) {
    return new BillId(value);
  }

  @Override
  public int compareTo(BillId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
