package io.tollgate.client;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the header {@code Retry-After} (RFC 9110): seconds, or a date. */
final class RetryAfter {

  private RetryAfter() {}

  /** How long to wait; a date is compared with the answer's own, so that no clock is read here. */
  static Optional<Duration> of(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .flatMap(text -> text.matches("[0-9]{1,9}") ? seconds(text) : untilDate(text, headers));
  }

  private static Optional<Duration> seconds(String text) {
    return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
  }

  private static Optional<Duration> untilDate(String text, HttpHeaders headers) {
    Optional<ZonedDateTime> then = date(text);
    return headers
        .firstValue("Date")
        .flatMap(RetryAfter::date)
        .flatMap(now -> then.map(at -> Duration.between(now, at)))
        .filter(pause -> !pause.isNegative());
  }

  private static Optional<ZonedDateTime> date(String text) {
    try {
      return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
