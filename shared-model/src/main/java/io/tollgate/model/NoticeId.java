package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A published notice.
 *
 * @param value the identifier's text, checked by {@link Identifiers#check}
 */
public record NoticeId(@JsonValue String value) implements Comparable<NoticeId> {

  public NoticeId {
    Identifiers.check("a notice's id", value);
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static NoticeId of(String value) {
    return new NoticeId(value);
  }

  @Override
  public int compareTo(NoticeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
