package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A recharge of an account's funds.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record RechargeId(@JsonValue String value) implements Comparable<RechargeId> {

  public RechargeId {
    Identifiers.check("a recharge's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RechargeId of(String value) {
    return new RechargeId(value);
  }

  @Override
  public int compareTo(RechargeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
