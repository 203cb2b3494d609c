package io.tollgate.billing.ledger;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.support.web.ProblemException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads what requests say of money, in one way for all of them. */
public final class Amounts {
  private static final int MAX_TEXT = 128;

  private Amounts() {}

  /**
   * An amount above 0 from a request's field {@code amount}.
   *
   * @throws ProblemException 400 when it is no plain decimal of at most 6 fraction digits above 0
   */
  public static Money above0(@Nullable String text, CurrencyCode currency) {
    try {
      if (text != null && text.length() <= MAX_TEXT) {
        BigDecimal value = new BigDecimal(text);
        if (value.signum() > 0 && value.scale() >= 0) {
          return new Money(value, currency);
        }
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw ProblemException.invalid("amount", "must be a decimal with at most 6 fraction digits");
    }
    throw ProblemException.invalid("amount", "must be a plain decimal above 0");
  }

  /**
   * Refuses a text that says nothing, too much, or holds control characters.
   *
   * @throws ProblemException 400
   */
  public static String text(String field, @Nullable String text) {
    if (text == null
        || text.isBlank()
        || text.length() > MAX_TEXT
        || text.chars().anyMatch(c -> c < ' ')) {
      throw ProblemException.invalid(field, "must be 1 to " + MAX_TEXT + " characters");
    }
    return text;
  }
}
