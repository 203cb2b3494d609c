package io.tollgate.model;

import java.text.Normalizer;
import java.util.Optional;

/**
 * What a text that tells one thing from another must look like, where others choose its alphabet:
 * the transaction number of a channel, the number of a reversal, a name.
 *
 * <p>Two such texts that look alike are one: blanks at the ends, invisible characters and other
 * spellings of the same letter (Unicode normalisation form C) are refused, so that nobody is
 * credited twice for {@code TX-17} and {@code TX-17 }.
 */
public final class KeyText {

  private KeyText() {}

  /**
   * What is wrong with a text, as the end of a sentence that names the field; empty when nothing
   * is.
   *
   * @param text the text
   * @param maxLength most characters it may have
   */
  public static Optional<String> fault(String text, int maxLength) {
    if (text.isEmpty()) {
      return Optional.of("must have 1 to " + maxLength + " characters, and has none");
    }
    if (text.length() > maxLength) {
      return Optional.of(
          "must have 1 to %d characters, and has %d".formatted(maxLength, text.length()));
    }
    if (!Unicode.isWellFormed(text)) {
      return Optional.of(Unicode.NOT_WELL_FORMED);
    }
    if (isBlank(text.codePointAt(0)) || isBlank(text.codePointBefore(text.length()))) {
      return Optional.of("must not begin or end with a space: " + Quoted.of(text));
    }
    if (!text.codePoints().allMatch(c -> c == ' ' || isVisible(c))) {
      return Optional.of(
          "must not have control or invisible characters, nor blanks other than the ordinary one: "
              + Quoted.of(text));
    }
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
      return Optional.of(
          "must be in Unicode normalisation form C (composed letters): " + Quoted.of(text));
    }
    return Optional.empty();
  }

  private static boolean isBlank(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Whether a character shows: no control, no format character, no blank, and assigned. */
  static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> !isFiller(c);
    };
  }

  /** Letters and marks without a glyph: fillers of Hangul, joiners, selectors of a variant. */
  private static boolean isFiller(int c) {
    return c == 0x115f
        || c == 0x1160
        || c == 0x3164
        || c == 0xffa0
        || c == 0x034f
        || c == 0x2800
        || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0xe0100 && c <= 0xe01ef);
  }
}
