package io.tollgate.metering.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** The one parser factory of posted events, bounded so that no event costs much to refuse. */
public final class EventJson {

  /** Largest event, in bytes. */
  public static final int MAX_EVENT_BYTES = 256 * 1024;

  private static final int MAX_NUMBER_LENGTH = 100;
  private static final int MAX_DEPTH = 32;
  private static final int MAX_NAME_LENGTH = 1_000;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(MAX_EVENT_BYTES)
                  .maxNameLength(MAX_NAME_LENGTH)
                  .maxNestingDepth(MAX_DEPTH)
                  .build())
          .build();

  private EventJson() {}

  /**
   * Whether it is UTF-8, the one encoding of JSON between systems (RFC 8259, 8.1). The parser would
   * take UTF-16 and UTF-32 too, but then places in it are no places in the bytes; and it lets
   * encoded halves of surrogate pairs through, which make different texts one.
   */
  public static boolean isUtf8(byte[] json) {
    for (int i = 0; i < Math.min(json.length, 4); i++) {
      if (json[i] == 0) {
        return false;
      }
    }
    for (byte each : json) {
      if (each < 0) {
        return isWellFormed(json);
      }
    }
    return true;
  }

  private static boolean isWellFormed(byte[] json) {
    try {
      CharBuffer unused = UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Whether JSON holds an escaped half of a surrogate pair, such as {@code \\ud800}. */
  static boolean hasHalfOfAPair(byte[] json) {
    boolean high = false;
    for (int i = 0; i < json.length; i++) {
      int unit = 0;
      if (json[i] == '\\') {
        i++;
        if (i + 4 < json.length && json[i] == 'u') {
          unit = hex(json, i + 1);
          i += 4;
        }
      }
      boolean low = unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
      if (high != low) {
        return true;
      }
      high = unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
    }
    return high;
  }

  private static int hex(byte[] json, int at) {
    int unit = 0;
    for (int i = at; i < at + 4; i++) {
      unit = unit << 4 | Math.max(0, Character.digit(json[i], 16));
    }
    return unit;
  }

  /** The factory; immutable and safe to share. */
  public static JsonFactory factory() {
    return FACTORY;
  }
}
