package io.tollgate.chaos.fuzz;

import java.nio.charset.StandardCharsets;

/**
 * A request, byte by byte.
 *
 * @param number its number in the run, which with the seed makes it
 * @param bytes what is sent
 */
record FuzzRequest(
    long number, Operation operation, Kind kind, Credential credential, byte[] bytes) {

  private static final int SHOWN = 3_000;

  /** What is done to it. */
  enum Kind {
    /** As documented. */
    VALID,
    /** One value is not what it should be. */
    NEAR_VALID,
    /** Several are not. */
    HOSTILE,
    /** The body is not what its type says. */
    BROKEN_BODY,
    /** As documented, by somebody who may not, with names of others. */
    NOT_ALLOWED,
    /** Headers that claim what is not so. */
    FORGED_HEADERS,
    /** A method that is not documented for the path. */
    OTHER_METHOD,
    /** A path that could be read in several ways. */
    OTHER_PATH,
    /** Not HTTP. */
    MALFORMED
  }

  /** Whether the answer has no body. */
  boolean head() {
    return bytes.length > 5 && new String(bytes, 0, 5, StandardCharsets.ISO_8859_1).equals("HEAD ");
  }

  /** Whether its path can be read in several ways, or is very long. */
  boolean hasAnOddPath() {
    String line = inWords().lines().findFirst().orElse("");
    return kind == Kind.OTHER_PATH
        || line.contains("%")
        || line.contains("//")
        || line.length() > 2_000;
  }

  /** Whether a text is part of it. */
  boolean names(String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  /** The request as a text from which it can be sent again; the middle of a long one left out. */
  String inWords() {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    StringBuilder shown = new StringBuilder();
    text.chars()
        .limit(SHOWN)
        .forEach(
            c -> {
              switch (c) {
                case '\r' -> shown.append("\\r");
                case '\n' -> shown.append("\\n\n");
                case '\\' -> shown.append("\\\\");
                default -> {
                  if (c >= ' ' && c <= '~') {
                    shown.append((char) c);
                  } else {
                    shown.append("\\x%02x".formatted(c));
                  }
                }
              }
            });
    return text.length() > SHOWN ? shown + "... (" + text.length() + " bytes)" : shown.toString();
  }
}
