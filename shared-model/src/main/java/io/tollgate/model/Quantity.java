package io.tollgate.model;

import java.math.BigDecimal;

/**
 * Bounds of usage quantities: exact decimals, never binary floating point (T3).
 *
 * <p>Quantities are plain {@link BigDecimal}s without trailing zeros, so that equal quantities are
 * equal values and equal bytes.
 */
public final class Quantity {

  /** Most fraction digits a posted value may have (T3 asks for 18 at least). */
  public static final int MAX_SCALE = 24;

  /** Most digits before the point of a posted value. */
  public static final int MAX_INTEGER_DIGITS = 24;

  private Quantity() {}

  /** The same number without trailing zeros and with a scale of 0 at least. */
  public static BigDecimal canonical(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /**
   * Whether a posted value is within the bounds. Looks at precision and scale only, so that {@code
   * 1e400000000} costs nothing.
   */
  public static boolean withinBounds(BigDecimal value) {
    if (value.signum() == 0) {
      return Math.abs((long) value.scale()) <= 1_000;
    }
    long integerDigits = (long) value.precision() - value.scale();
    if (integerDigits > MAX_INTEGER_DIGITS || value.precision() > 1_000) {
      return false;
    }
    return value.scale() <= MAX_SCALE || value.stripTrailingZeros().scale() <= MAX_SCALE;
  }
}
