package io.tollgate.model;

import java.util.Optional;

/**
 * What a text must look like that a person writes for others to read, such as a reason: one line
 * that says something. Unlike {@link KeyText} it tells nothing apart, so that its spelling is free.
 */
public final class FreeText {

  private FreeText() {}

  /**
   * What is wrong with a text, as the end of a sentence that names the field; empty when nothing
   * is.
   *
   * @param text the text
   * @param maxLength most characters it may have
   */
  public static Optional<String> fault(String text, int maxLength) {
    if (text.length() > maxLength) {
      return Optional.of(
          "must have 1 to %d characters, and has %d".formatted(maxLength, text.length()));
    }
    if (!Unicode.isWellFormed(text)) {
      return Optional.of(Unicode.NOT_WELL_FORMED);
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("must not have line breaks or control characters: " + Quoted.of(text));
    }
    return text.codePoints().anyMatch(KeyText::isVisible)
        ? Optional.empty()
        : Optional.of("must have 1 to %d characters, and is blank".formatted(maxLength));
  }
}
