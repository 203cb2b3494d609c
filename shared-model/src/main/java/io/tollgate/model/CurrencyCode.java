package io.tollgate.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * An ISO 4217 currency code. One per account (T3).
 *
 * @param value three capital letters
 */
public record CurrencyCode(@JsonValue String value) implements Comparable<CurrencyCode> {

  private static final Pattern SHAPE = Pattern.compile("[A-Z]{3}");

  /** The default currency of an account (T3). */
  public static final CurrencyCode CNY = new CurrencyCode("CNY");

  public CurrencyCode {
    if (!SHAPE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "a currency must be three capital letters, not " + Quoted.of(value));
    }
  }

  /** Reads the plain JSON string. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public static CurrencyCode of(String value) {
    return new CurrencyCode(value);
  }

  @Override
  public int compareTo(CurrencyCode other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
