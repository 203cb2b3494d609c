package io.tollgate.model.event;

import io.tollgate.model.Identifiers;

/**
 * Checks what a {@link GateAction} names. A value that is missing or malformed throws {@link
 * IllegalArgumentException}, whose message names the field.
 */
final class ActionFields {
  private static final int MAX_TEXT = 200;

  private ActionFields() {}

  static void needed(String field, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }

  static void identifier(String field, String value) {
    needed(field, value);
    Identifiers.check(field, value);
  }

  static void text(String field, String value) {
    needed(field, value);
    if (value.isBlank() || value.length() > MAX_TEXT) {
      throw new IllegalArgumentException(
          "%s must be a string of 1 to %d characters".formatted(field, MAX_TEXT));
    }
  }
}
