package io.tollgate.account.access;

import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks of request fields, for the constructors of request records. */
public final class Fields {

  private static final int MAX_REASON = 500;
  private static final int MAX_QUOTED = 100;

  private Fields() {}

  /** Refuses a missing field. */
  public static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
    return value;
  }

  /** Refuses a reason that says nothing or too much. */
  public static String reason(@Nullable String reason) {
    return text(reason, "reason", MAX_REASON);
  }

  /**
   * The reason of a request that takes something back; it may lack one.
   *
   * @throws ProblemException (400) when there is one that says nothing or too much
   */
  public static String whyLifted(Optional<String> reason) {
    try {
      return reason(reason.orElse("lifted by an operator"));
    } catch (IllegalArgumentException e) {
      throw ProblemException.invalid("reason", "must have 1 to " + MAX_REASON + " characters");
    }
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

  /** Refuses an empty or an overlong text. */
  public static String text(@Nullable String value, String field, int maxLength) {
    String present = required(value, field);
    if (present.isBlank() || present.length() > maxLength) {
      throw new IllegalArgumentException(field + " must have 1 to " + maxLength + " characters");
    }
    return present;
  }
}
