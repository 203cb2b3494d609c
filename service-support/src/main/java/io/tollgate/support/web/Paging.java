package io.tollgate.support.web;

import io.tollgate.model.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Limits and cursors of lists. A cursor is opaque to clients and identifies the last item of the
 * page.
 */
public final class Paging {

  /** Items of a page when nothing is asked for. */
  public static final int DEFAULT_LIMIT = 100;

  /** Most items of a page. */
  public static final int MAX_LIMIT = 1_000;

  private static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");
  private static final String SEPARATOR = "\u001f";

  private Paging() {}

  /**
   * The limit asked for.
   *
   * @throws ProblemException (400) when it is not 1 to 1,000
   */
  public static int limit(Optional<Integer> asked) {
    int limit = asked.orElse(DEFAULT_LIMIT);
    if (limit < 1 || limit > MAX_LIMIT) {
      throw ProblemException.invalid("limit", "must be 1 to " + MAX_LIMIT);
    }
    return limit;
  }

  /** A cursor of an item's key. */
  public static String cursor(Object... key) {
    String joined = String.join(SEPARATOR, Arrays.stream(key).map(String::valueOf).toList());
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(joined.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The key in a cursor.
   *
   * @param parts how many parts the key has
   * @throws ProblemException (400) when it is none of ours
   */
  public static List<String> key(String cursor, int parts) {
    try {
      String joined = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      List<String> key = List.of(joined.split(SEPARATOR, -1));
      if (key.size() == parts) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw notACursor();
    }
    throw notACursor();
  }

  /** The id in a cursor; empty without one. */
  static String id(Optional<String> cursor) {
    return cursor.map(text -> key(text, 1).getFirst()).orElse("");
  }

  /** The key of a cursor that is one number. */
  public static long number(String cursor) {
    try {
      return Long.parseLong(key(cursor, 1).getFirst());
    } catch (NumberFormatException e) {
      throw notACursor();
    }
  }

  /** Where a list that goes back in time goes on: before an item of that time and id. */
  public record Before(Instant time, String id) {}

  /** The place in a cursor of time and id; without a cursor the beginning, which is the latest. */
  public static Before before(Optional<String> cursor) {
    return cursor
        .map(text -> key(text, 2))
        .map(key -> new Before(instant(key.getFirst()), key.getLast()))
        .orElse(new Before(END_OF_TIME, ""));
  }

  private static Instant instant(String text) {
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw notACursor();
    }
  }

  /** The refusal (400) of a text that is no cursor of the list. */
  public static ProblemException notACursor() {
    return ProblemException.invalid("cursor", "is not a cursor of this list");
  }
}
