package io.tollgate.model;

/**
 * The one alphabet and length of every identifier, so that ids are safe in URLs, keys, SQL and
 * logs.
 */
public final class Identifiers {

  /** Longest identifier, in characters. */
  public static final int MAX_LENGTH = 128;

  private Identifiers() {}

  /**
   * Refuses a text that is not an identifier: 1 to 128 of {@code A-Z a-z 0-9 . _ : -}, the first a
   * letter or digit.
   *
   * @param type what it identifies, for the message
   * @param value the text
   * @throws IllegalArgumentException when it is not one
   */
  public static void check(String type, String value) {
    if (!isValid(value)) {
      throw new IllegalArgumentException(
          "%s must be 1 to 128 of A-Z a-z 0-9 . _ : - and start with a letter or digit: %s%s"
              .formatted(type, Quoted.of(value), reason(value)));
    }
  }

  /** The faults that are hard to see. */
  private static String reason(String value) {
    if (value.isEmpty()) {
      return " is empty";
    }
    if (value.length() > MAX_LENGTH) {
      return " has " + value.length() + " characters";
    }
    return value.equals(value.strip()) ? "" : " has a blank at an end";
  }

  /** Whether the text is an identifier. */
  public static boolean isValid(String value) {
    int length = value.length();
    if (length == 0 || length > MAX_LENGTH || !isLetterOrDigit(value.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = value.charAt(i);
      if (!isLetterOrDigit(c) && c != '.' && c != '_' && c != ':' && c != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
