package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.Supplier;

/**
 * An exact amount of one currency with 6 fraction digits (T3).
 *
 * <p>No operation rounds, except {@link #rounded}, which says so: an amount with more digits is
 * refused. Amounts of two currencies do not meet: they throw. Positive or negative; what the sign
 * means is the user's to say.
 *
 * @param amount the amount, always of scale {@value #SCALE}
 * @param currency its currency
 */
public record Money(
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal amount, CurrencyCode currency)
    implements Comparable<Money> {

  /** Fraction digits of every ledger amount (T3). */
  public static final int SCALE = 6;

  /** Most digits before the point: a bound on every sum, the same in the database. */
  public static final int MAX_INTEGER_DIGITS = 20;

  /**
   * Most digits before the point of one amount that is entered or charged. Whatever is booked is at
   * most that, so that a sum has room for the hundred thousand largest of them, and for 10^20 of
   * what money really is.
   */
  public static final int MAX_SINGLE_DIGITS = 15;

  private static final BigDecimal NOTHING = BigDecimal.ZERO.setScale(SCALE);
  private static final BigDecimal SINGLE_BOUND = BigDecimal.TEN.pow(MAX_SINGLE_DIGITS);

  /** Fraction digits of money that leaves for a bank (T3). */
  public static final int BANK_SCALE = 2;

  public Money {
    amount = amount.signum() == 0 ? NOTHING : scaled(amount, currency);
  }

  /** Looks at the digits before any are written out: of 1e1000000000 there would be a billion. */
  private static BigDecimal scaled(BigDecimal amount, CurrencyCode currency) {
    if ((long) amount.precision() - amount.scale() > MAX_INTEGER_DIGITS) {
      throw new AmountOutOfBoundsException(
          "an amount of %s %s has more than %d digits before the point"
              .formatted(amount, currency, MAX_INTEGER_DIGITS));
    }
    if (amount.scale() > SCALE && amount.stripTrailingZeros().scale() > SCALE) {
      throw new ArithmeticException(
          "an amount of %s %s has more than %d fraction digits".formatted(amount, currency, SCALE));
    }
    return amount.setScale(SCALE);
  }

  /**
   * An amount from its decimal text, e.g. {@code "12.50"}; more than 6 fraction digits are refused.
   */
  public static Money of(String amount, CurrencyCode currency) {
    return new Money(new BigDecimal(amount), currency);
  }

  /** Nothing, in this currency. */
  public static Money zero(CurrencyCode currency) {
    return new Money(BigDecimal.ZERO, currency);
  }

  /** An exact product or sum of finer digits brought to a ledger amount: HALF_UP to 6 (T3). */
  public static Money rounded(BigDecimal exact, CurrencyCode currency) {
    return new Money(exact.setScale(SCALE, RoundingMode.HALF_UP), currency);
  }

  /**
   * Itself, when it may be one amount that is entered or charged.
   *
   * @param what names the amount in the message
   * @throws AmountOutOfBoundsException when it has more than {@value #MAX_SINGLE_DIGITS} digits
   *     before the point
   */
  public Money withinSingle(Supplier<String> what) {
    if (amount.abs().compareTo(SINGLE_BOUND) >= 0) {
      throw new AmountOutOfBoundsException(
          "%s: %s has more than %d digits before the point"
              .formatted(what.get(), this, MAX_SINGLE_DIGITS));
    }
    return this;
  }

  public Money plus(Money other) {
    return new Money(amount.add(same(other).amount), currency);
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(same(other).amount), currency);
  }

  public Money negated() {
    return new Money(amount.negate(), currency);
  }

  /** The smaller of both. */
  public Money min(Money other) {
    return amount.compareTo(same(other).amount) <= 0 ? this : other;
  }

  /** The larger of both. */
  public Money max(Money other) {
    return amount.compareTo(same(other).amount) >= 0 ? this : other;
  }

  /** This amount, or zero when it is negative. */
  public Money orZero() {
    return isNegative() ? zero(currency) : this;
  }

  /**
   * What of this may leave for a bank: rounded down to 0.01; the rest stays on the account (T3).
   */
  public Money bankable() {
    return new Money(amount.setScale(BANK_SCALE, RoundingMode.DOWN), currency);
  }

  @JsonIgnore
  public boolean isZero() {
    return amount.signum() == 0;
  }

  @JsonIgnore
  public boolean isPositive() {
    return amount.signum() > 0;
  }

  @JsonIgnore
  public boolean isNegative() {
    return amount.signum() < 0;
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(same(other).amount);
  }

  /** The amount with its 6 digits and the currency, e.g. {@code 12.500000 CNY}. */
  @Override
  public String toString() {
    return amount.toPlainString() + " " + currency;
  }

  private Money same(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException(
          "mixed currencies: " + currency + " and " + other.currency);
    }
    return other;
  }
}
