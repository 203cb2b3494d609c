package io.tollgate.model;

/**
 * Whether texts are well-formed Unicode.
 *
 * <p>Java and JSON can hold half of a surrogate pair. Encoded in UTF-8 each of them becomes "?", so
 * that different texts would become one key.
 */
public final class Unicode {

  /** What is wrong with a text that is not. */
  public static final String NOT_WELL_FORMED =
      "must be well-formed Unicode: it holds half of a surrogate pair";

  private Unicode() {}

  /** Whether every surrogate of a text is one of a pair. */
  public static boolean isWellFormed(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean paired =
            Character.isHighSurrogate(c)
                && i + 1 < length
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!paired) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
