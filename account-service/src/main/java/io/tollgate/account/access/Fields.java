package io.tollgate.account.access;

import io.tollgate.model.FreeText;
import org.jspecify.annotations.Nullable;

/** Checks of request fields, for the constructors of request records. */
public final class Fields {

  private static final int MAX_QUOTED = 100;

  private Fields() {}

  /** Refuses a missing field. */
  public static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  /** A refused value as a message shows it: in quotes, bounded, with everything visible. */
  public static String quoted(@Nullable String value) {
    String text = String.valueOf(value);
    StringBuilder shown = new StringBuilder("'");
    text.codePoints()
        .limit(MAX_QUOTED)
        .forEach(
            c -> {
              if (isInvisible(c)) {
                shown.append("\\u%04X".formatted(c));
              } else {
                shown.appendCodePoint(c);
              }
            });
    return shown
        .append(text.codePointCount(0, text.length()) > MAX_QUOTED ? "...'" : "'")
        .toString();
  }

  private static boolean isInvisible(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
  }

  /** Refuses a text that says nothing or too much. */
  public static String text(@Nullable String value, String field, int maxLength) {
    String present = required(value, field);
    FreeText.fault(present, maxLength)
        .ifPresent(
            fault -> {
              throw new IllegalArgumentException(field + " " + fault);
            });
    return present;
  }
}
