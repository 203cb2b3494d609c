package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The contract rule that authorised an automatic action, e.g. {@code C2.3}; shown wherever the
 * action is.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record RuleId(@JsonValue String value) implements Comparable<RuleId> {

  public RuleId {
    Identifiers.check("a rule's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static RuleId of(String value) {
    return new RuleId(value);
  }

  @Override
  public int compareTo(RuleId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
