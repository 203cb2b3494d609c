package io.tollgate.billing.journal;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.FreeText;
import io.tollgate.model.KeyText;
import io.tollgate.model.Money;
import io.tollgate.support.web.ProblemException;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what requests say of money, in one way for all of them. */
public final class Amounts {
  private static final int MAX_TEXT = 128;
  private static final Pattern PLAIN = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?");

  private Amounts() {}

  /**
   * An amount above 0 from a request's field {@code amount}.
   *
   * @throws ProblemException 400 when it is no plain decimal above 0 within the bounds
   */
  public static Money above0(@Nullable String text, CurrencyCode currency) {
    Money amount = read(text, currency);
    if (!amount.isPositive()) {
      throw ProblemException.invalid("amount", "must be above 0, not " + text);
    }
    return amount;
  }

  /**
   * An amount of 0 or more from a request's field {@code amount}.
   *
   * @throws ProblemException 400 when it is no plain decimal of 0 or more within the bounds
   */
  public static Money notNegative(@Nullable String text, CurrencyCode currency) {
    Money amount = read(text, currency);
    if (amount.isNegative()) {
      throw ProblemException.invalid("amount", "must be 0 or more, not " + text);
    }
    return amount;
  }

  private static Money read(@Nullable String text, CurrencyCode currency) {
    if (text == null) {
      throw ProblemException.invalid("amount", "is missing");
    }
    if (text.length() > MAX_TEXT || !PLAIN.matcher(text).matches()) {
      throw ProblemException.invalid("amount", "must be a plain decimal such as \"12.50\"");
    }
    BigDecimal value = new BigDecimal(text);
    if (value.stripTrailingZeros().scale() > Money.SCALE) {
      throw ProblemException.invalid(
          "amount", "must have at most %d fraction digits: %s".formatted(Money.SCALE, text));
    }
    if (value.precision() - value.scale() > Money.MAX_SINGLE_DIGITS) {
      throw ProblemException.invalid(
          "amount",
          "must have at most %d digits before the point: %s"
              .formatted(Money.MAX_SINGLE_DIGITS, text));
    }
    return new Money(value, currency);
  }

  /**
   * Refuses a text that says nothing, too much, or holds control characters.
   *
   * @throws ProblemException 400 with the reason
   */
  public static String text(String field, @Nullable String text) {
    return checked(field, text, FreeText::fault);
  }

  /**
   * A text that tells one thing from another, such as a channel's transaction number: what looks
   * like another one is refused, so that one payment is not credited twice.
   *
   * @throws ProblemException 400 with the reason
   */
  public static String key(String field, @Nullable String text) {
    return checked(field, text, KeyText::fault);
  }

  private static String checked(
      String field,
      @Nullable String text,
      BiFunction<String, Integer, Optional<String>> faultOfLength) {
    if (text == null) {
      throw ProblemException.invalid(field, "is missing");
    }
    faultOfLength
        .apply(text, MAX_TEXT)
        .ifPresent(
            fault -> {
              throw ProblemException.invalid(field, fault);
            });
    return text;
  }
}
