package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A command to a platform, delivered until acknowledged.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record CommandId(@JsonValue String value) implements Comparable<CommandId> {

  public CommandId {
    Identifiers.check("a command's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static CommandId of(String value) {
    return new CommandId(value);
  }

  @Override
  public int compareTo(CommandId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
