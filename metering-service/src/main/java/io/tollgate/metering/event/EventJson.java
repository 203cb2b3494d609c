package io.tollgate.metering.event;

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
   * Whether it can be UTF-8, the one encoding of JSON between systems (RFC 8259, 8.1). The parser
   * would take UTF-16 and UTF-32 too, but then places in it are no places in the bytes.
   */
  public static boolean isUtf8(byte[] json) {
    for (int i = 0; i < Math.min(json.length, 4); i++) {
      if (json[i] == 0 || json[i] == (byte) 0xFE || json[i] == (byte) 0xFF) {
        return false;
      }
    }
    return true;
  }

  /** The factory; immutable and safe to share. */
  public static JsonFactory factory() {
    return FACTORY;
  }
}
