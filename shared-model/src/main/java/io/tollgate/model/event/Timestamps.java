package io.tollgate.model.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads RFC 3339 times.
 *
 * <p>Requests and usage events may name times {@link #RANGE} (UTC) only. That leaves room on both
 * sides: a local day around such a time, a grace or a retention after it, and every other time that
 * a service computes from it has a year of four digits, so that other services and the database can
 * read it.
 *
 * <p>Every event has one or several; Java's general parser took more time than the JSON around it.
 * So the usual form, UTC with {@code Z} and up to nine digits of a second, is read by position, and
 * everything else is taken apart first.
 */
public final class Timestamps {

  /** The times that {@link #accepted} takes, for messages. */
  public static final String RANGE = "in the years 1971 to 9000";

  private static final long FIRST_ACCEPTED = Instant.parse("1971-01-01T00:00:00Z").getEpochSecond();
  private static final long NO_LONGER_ACCEPTED =
      Instant.parse("9001-01-01T00:00:00Z").getEpochSecond();
  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private static final int SECONDS_END = 19;
  private static final int MAX_FRACTION = 9;
  private static final int NO_NUMBER = -1;
  private static final int SECONDS_PER_DAY = 86_400;
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt](?<minute>[0-9]{2}:[0-9]{2}):(?<second>[0-9]{2})"
              + "(?<fraction>\\.[0-9]+)?(?<offset>[Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final String SHAPE = "dddd-dd-ddTdd:dd:dd";

  private Timestamps() {}

  /**
   * The instant of a time that a request or a usage event names.
   *
   * @throws DateTimeException when it is not an RFC 3339 time, or not {@link #RANGE}
   */
  public static Instant accepted(String text) {
    Instant at = parse(text);
    if (!isAccepted(at)) {
      throw new DateTimeException("not a time " + RANGE + ": " + text);
    }
    return at;
  }

  /** Whether a request or a usage event may name an instant. */
  public static boolean isAccepted(Instant at) {
    return at.getEpochSecond() >= FIRST_ACCEPTED && at.getEpochSecond() < NO_LONGER_ACCEPTED;
  }

  /**
   * The instant of a time that a service wrote. Its year has four digits in UTC too, so that it can
   * be written again.
   *
   * @throws DateTimeException when it is not an RFC 3339 time
   */
  public static Instant parse(String text) {
    int last = text.length() - 1;
    if (last < SECONDS_END || text.charAt(last) != 'Z' || !hasShape(text)) {
      return general(text);
    }
    int nanos = last == SECONDS_END ? 0 : fraction(text, last);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (nanos == NO_NUMBER || hour > 23 || minute > 59 || second > 59) {
      return general(text);
    }
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    return Instant.ofEpochSecond(day * 86_400 + hour * 3_600L + minute * 60L + second, nanos);
  }

  /**
   * Any zone, any number of digits of a second and a leap second alike: what is finer than a
   * nanosecond is cut off, and a leap second counts to the second before it.
   */
  private static Instant general(String text) {
    Matcher parts = RFC_3339.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("not an RFC 3339 time: " + text);
    }
    boolean leap = parts.group("second").equals("60");
    String digits = parts.group("fraction") == null ? "" : parts.group("fraction");
    Instant at =
        LocalDateTime.parse(
                parts.group("date")
                    + "T"
                    + parts.group("minute")
                    + ":"
                    + (leap ? "59" : parts.group("second"))
                    + digits.substring(0, Math.min(digits.length(), MAX_FRACTION + 1)))
            .toInstant(ZoneOffset.UTC)
            .minusSeconds(offset(parts.group("offset"), text));
    if (leap && Math.floorMod(at.getEpochSecond(), SECONDS_PER_DAY) != SECONDS_PER_DAY - 1) {
      throw new DateTimeException("a leap second is at 23:59:60 UTC only: " + text);
    }
    if (at.getEpochSecond() < FIRST || at.getEpochSecond() > LAST) {
      throw new DateTimeException("a year in UTC has four digits: " + text);
    }
    return at;
  }

  /** Seconds east of UTC; RFC 3339 has up to 23:59, which is more than any place on Earth has. */
  private static int offset(String offset, String text) {
    if (offset.length() == 1) {
      return 0;
    }
    int hours = number(offset, 1, 3);
    int minutes = number(offset, 4, 6);
    if (hours > 23 || minutes > 59) {
      throw new DateTimeException("an offset is at most 23:59: " + text);
    }
    int seconds = hours * 3_600 + minutes * 60;
    return offset.charAt(0) == '-' ? -seconds : seconds;
  }

  private static boolean hasShape(String text) {
    for (int i = 0; i < SECONDS_END; i++) {
      char wanted = SHAPE.charAt(i);
      char found = text.charAt(i);
      if (wanted == 'd' ? found < '0' || found > '9' : found != wanted) {
        return false;
      }
    }
    return true;
  }

  /** Nanoseconds of {@code .ddd} before the last character. */
  private static int fraction(String text, int last) {
    int digits = last - SECONDS_END - 1;
    if (text.charAt(SECONDS_END) != '.' || digits < 1 || digits > MAX_FRACTION) {
      return NO_NUMBER;
    }
    int nanos = 0;
    for (int i = 0; i < MAX_FRACTION; i++) {
      char digit = i < digits ? text.charAt(SECONDS_END + 1 + i) : '0';
      if (digit < '0' || digit > '9') {
        return NO_NUMBER;
      }
      nanos = nanos * 10 + digit - '0';
    }
    return nanos;
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }
}
