package io.tollgate.account.access;

import io.tollgate.support.web.ProblemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks of request fields, for the constructors of request records. */
public final class Fields {

  private static final int MAX_REASON = 500;

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

  /** Refuses an empty or an overlong text. */
  public static String text(@Nullable String value, String field, int maxLength) {
    String present = required(value, field);
    if (present.isBlank() || present.length() > maxLength) {
      throw new IllegalArgumentException(field + " must have 1 to " + maxLength + " characters");
    }
    return present;
  }
}
