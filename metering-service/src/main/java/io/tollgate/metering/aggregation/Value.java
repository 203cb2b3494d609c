package io.tollgate.metering.aggregation;

import io.tollgate.model.Quantity;
import io.tollgate.model.Unicode;
import io.tollgate.model.event.Aggregation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What one event adds to a series. */
public sealed interface Value {

  /** Longest text of a member of UNIQUE_COUNT and of a dimension. */
  int MAX_TEXT = 256;

  /** Whether a text can tell one series from another. */
  static boolean isDimension(@Nullable String text) {
    return text != null && text.length() <= MAX_TEXT && Unicode.isWellFormed(text);
  }

  /** A number to sum, to compare or to keep. */
  record Amount(BigDecimal number) implements Value {}

  /** Something to be counted as different from others. */
  record Member(String text) implements Value {}

  /** The event itself counts. */
  record Occurrence() implements Value {}

  /**
   * There is no value that can be counted.
   *
   * @param reason why, a stable word
   */
  record Refused(String reason) implements Value {}

  /** The event counts, nothing is read. */
  Value OCCURRENCE = new Occurrence();

  /**
   * The value for an aggregation of what a pointer led to.
   *
   * @param found a text, a decimal, or null where there was nothing
   */
  static Value of(Aggregation aggregation, @Nullable Object found) {
    return switch (aggregation) {
      case COUNT -> OCCURRENCE;
      case UNIQUE_COUNT -> member(found);
      case SUM, MAX, LATEST -> number(found);
    };
  }

  private static Value member(@Nullable Object found) {
    if (found == null) {
      return new Refused("value-missing");
    }
    String text =
        found instanceof BigDecimal number
            ? (Quantity.withinBounds(number) ? Quantity.canonical(number).toPlainString() : "")
            : found.toString();
    return text.isEmpty() || text.length() > MAX_TEXT
        ? new Refused("value-unbounded")
        : new Member(text);
  }

  private static Value number(@Nullable Object found) {
    if (found == null) {
      return new Refused("value-missing");
    }
    BigDecimal number = found instanceof BigDecimal decimal ? decimal : parse(found.toString());
    if (number == null) {
      return new Refused("value-not-a-number");
    }
    if (!Quantity.withinBounds(number)) {
      return new Refused("value-unbounded");
    }
    return number.signum() < 0 ? new Refused("value-negative") : new Amount(number);
  }

  private static @Nullable BigDecimal parse(String text) {
    if (text.isEmpty() || text.length() > 100) {
      return null;
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
