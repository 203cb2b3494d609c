package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A customer's billing account. Every key, lock and event is ordered by it.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record AccountId(@JsonValue String value) implements Comparable<AccountId> {

  public AccountId {
    Identifiers.check("an account's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static AccountId of(String value) {
    return new AccountId(value);
  }

  @Override
  public int compareTo(AccountId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
