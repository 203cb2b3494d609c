package io.tollgate.support.web;

import io.tollgate.model.FreeText;
import io.tollgate.model.KeyText;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of requests: one rule and one wording for all services.
 *
 * <p>Called from the constructors of request records as well as from controllers. A refusal inside
 * a nested record is answered with the place of the field in the body.
 */
public final class Fields {

  /** Most characters of a text that identifies something. */
  public static final int MAX_KEY = 128;

  private Fields() {}

  /**
   * The value of a field that a request must have.
   *
   * @throws ProblemException 400 if it is missing
   */
  public static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw ProblemException.invalid(field, "is missing");
    }
    return value;
  }

  /**
   * Checks that no element of a list is null.
   *
   * @throws ProblemException 400 naming the first that is
   */
  public static void noneMissing(String field, List<? extends @Nullable Object> list) {
    for (int i = 0; i < list.size(); i++) {
      required(field + "[" + i + "]", list.get(i));
    }
  }

  /**
   * A line of text that people read.
   *
   * @throws ProblemException 400 if it is missing, blank, too long or not one line
   */
  public static String text(String field, @Nullable String text, int maxLength) {
    return checked(field, text, maxLength, FreeText::fault);
  }

  /**
   * A text that identifies something, such as a channel's transaction number. A text that looks
   * like another one is refused, so that one payment is not credited twice (C2.2).
   *
   * @throws ProblemException 400 if it is missing, longer than {@link #MAX_KEY} or ambiguous
   */
  public static String key(String field, @Nullable String text) {
    return checked(field, text, MAX_KEY, KeyText::fault);
  }

  private static String checked(
      String field,
      @Nullable String text,
      int maxLength,
      BiFunction<String, Integer, Optional<String>> fault) {
    String present = required(field, text);
    fault
        .apply(present, maxLength)
        .ifPresent(
            reason -> {
              throw ProblemException.invalid(field, reason);
            });
    return present;
  }
}
