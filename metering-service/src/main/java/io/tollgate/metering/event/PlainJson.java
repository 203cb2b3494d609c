package io.tollgate.metering.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Reads the plain part of JSON, of which nearly all events consist: printable ASCII without
 * escapes, objects, texts, words, and numbers that fit a long.
 *
 * <p>Whatever else comes throws {@link NotPlainException}, and the caller reads it with the general
 * parser, to the same result: so this never decides what is well-formed.
 */
final class PlainJson {

  private static final int MAX_DEPTH = 8;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_DIGITS = 18;

  private final byte[] bytes;
  private final int end;
  private int at;

  /** A reader of a part of a buffer. */
  PlainJson(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
  }

  /** It takes the general parser to say what this is. */
  static final class NotPlainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotPlainException() {
      super("not plain JSON", null, false, false);
    }
  }

  /** Where the next token is; white space before it is passed over. */
  int place() {
    while (at < end && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  /** Where what was read last ends. */
  int reached() {
    return at;
  }

  /** The first byte of the next token. */
  byte peek() {
    int place = place();
    if (place >= end) {
      throw new NotPlainException();
    }
    return bytes[place];
  }

  /** Reads a punctuation mark. */
  void expect(char mark) {
    if (peek() != mark) {
      throw new NotPlainException();
    }
    at++;
  }

  /** Ends the reading: nothing may follow. */
  void expectEnd() {
    if (place() != end) {
      throw new NotPlainException();
    }
  }

  /** Whether another member follows in an object whose opening brace or last member was read. */
  boolean hasMember(boolean first) {
    if (peek() == '}') {
      at++;
      return false;
    }
    if (!first) {
      expect(',');
    }
    return true;
  }

  /** Reads a member's name and the colon. */
  String name() {
    String name = text();
    expect(':');
    return name;
  }

  private void passName() {
    passText();
    expect(':');
  }

  /** Reads a text. */
  String text() {
    int start = place() + 1;
    passText();
    return new String(bytes, start, at - 1 - start, ISO_8859_1);
  }

  private void passText() {
    expect('"');
    int start = at;
    while (at < end && bytes[at] != '"') {
      if (bytes[at] < ' ' || bytes[at] > '~' || bytes[at] == '\\') {
        throw new NotPlainException();
      }
      at++;
    }
    if (at >= end || at - start > MAX_TEXT) {
      throw new NotPlainException();
    }
    at++;
  }

  /** Reads a number. */
  BigDecimal number() {
    boolean negative = peek() == '-';
    if (negative) {
      at++;
    }
    int start = at;
    long unscaled = digits(0);
    if (at == start || (bytes[start] == '0' && at > start + 1)) {
      throw new NotPlainException();
    }
    int scale = 0;
    int digits = at - start;
    if (at < end && bytes[at] == '.') {
      at++;
      int fraction = at;
      unscaled = digits(unscaled);
      scale = at - fraction;
      digits += scale;
      if (scale == 0) {
        throw new NotPlainException();
      }
    }
    if (digits > MAX_DIGITS || !endsScalar()) {
      throw new NotPlainException();
    }
    return BigDecimal.valueOf(negative ? -unscaled : unscaled, scale);
  }

  private long digits(long before) {
    long number = before;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      number = number * 10 + bytes[at] - '0';
      at++;
    }
    return number;
  }

  private boolean endsScalar() {
    return at == end || bytes[at] == ',' || bytes[at] == '}' || isSpace(bytes[at]);
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private static final byte[][] WORDS = {
    "true".getBytes(ISO_8859_1), "false".getBytes(ISO_8859_1), "null".getBytes(ISO_8859_1)
  };

  /** Reads {@code true}, {@code false} or {@code null}. */
  String word() {
    int place = place();
    for (byte[] word : WORDS) {
      int after = place + word.length;
      if (after <= end && Arrays.equals(bytes, place, after, word, 0, word.length)) {
        at = after;
        if (!endsScalar()) {
          throw new NotPlainException();
        }
        return new String(word, ISO_8859_1);
      }
    }
    throw new NotPlainException();
  }

  /** Passes over a value; says where it ends. */
  int skip() {
    skip(0);
    return at;
  }

  private void skip(int depth) {
    switch (peek()) {
      case '{' -> {
        if (depth > MAX_DEPTH) {
          throw new NotPlainException();
        }
        at++;
        for (boolean first = true; hasMember(first); first = false) {
          passName();
          skip(depth + 1);
        }
      }
      case '"' -> passText();
      case 't', 'f', 'n' -> {
        String unused = word();
      }
      default -> {
        BigDecimal unused = number();
      }
    }
  }
}
