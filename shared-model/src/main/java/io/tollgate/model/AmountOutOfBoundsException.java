package io.tollgate.model;

/** An amount is larger than an amount may be; the message holds the number and the bound. */
public final class AmountOutOfBoundsException extends ArithmeticException {
  private static final long serialVersionUID = 1L;

  AmountOutOfBoundsException(String message) {
    super(message);
  }
}
