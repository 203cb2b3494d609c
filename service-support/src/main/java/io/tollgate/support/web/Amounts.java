package io.tollgate.support.web;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads amounts of money from requests, where they are texts with a plain decimal: at most {@link
 * Money#MAX_SINGLE_DIGITS} digits before the point and {@link Money#SCALE} after it (T3).
 */
public final class Amounts {
  private static final int MAX_TEXT = 128;
  private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");

  private Amounts() {}

  /**
   * An amount above 0.
   *
   * @throws ProblemException 400 if it is missing, no plain decimal within the bounds, or not above
   *     0
   */
  public static Money above0(String field, @Nullable String text, CurrencyCode currency) {
    Money amount = read(field, text, currency);
    if (!amount.isPositive()) {
      throw ProblemException.invalid(field, "must be above 0, not " + text);
    }
    return amount;
  }

  /**
   * An amount of 0 or more.
   *
   * @throws ProblemException 400 if it is missing, no plain decimal within the bounds, or below 0
   */
  public static Money notNegative(String field, @Nullable String text, CurrencyCode currency) {
    Money amount = read(field, text, currency);
    if (amount.isNegative()) {
      throw ProblemException.invalid(field, "must be 0 or more, not " + text);
    }
    return amount;
  }

  private static Money read(String field, @Nullable String text, CurrencyCode currency) {
    String present = Fields.required(field, text);
    if (present.length() > MAX_TEXT || !PLAIN.matcher(present).matches()) {
      throw ProblemException.invalid(field, "must be a plain decimal such as \"12.50\"");
    }
    BigDecimal value = new BigDecimal(present);
    if (value.stripTrailingZeros().scale() > Money.SCALE) {
      throw ProblemException.invalid(
          field, "must have at most %d fraction digits: %s".formatted(Money.SCALE, present));
    }
    if (value.precision() - value.scale() > Money.MAX_SINGLE_DIGITS) {
      throw ProblemException.invalid(
          field,
          "must have at most %d digits before the point: %s"
              .formatted(Money.MAX_SINGLE_DIGITS, present));
    }
    return new Money(value, currency);
  }
}
