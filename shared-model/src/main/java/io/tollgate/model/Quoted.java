package io.tollgate.model;

/** Quotes a received value in an error message. */
public final class Quoted {

  private static final int MAX_SHOWN = 60;

  private Quoted() {}

  /**
   * The text in quotes, cut to 60 characters; what cannot be seen is shown by its code, so that
   * {@code "TX-17\u00a0"} is told from {@code "TX-17"}.
   */
  public static String of(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    int end = Math.min(text.length(), MAX_SHOWN);
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (isVisible(text, i)) {
        quoted.append(c);
      } else {
        quoted.append("\\u%04x".formatted((int) c));
      }
    }
    return quoted.append(end < text.length() ? "...\"" : "\"").toString();
  }

  private static boolean isVisible(String text, int index) {
    char c = text.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 < Math.min(text.length(), MAX_SHOWN)
          && Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
    return c == ' ' || KeyText.isVisible(c);
  }
}
