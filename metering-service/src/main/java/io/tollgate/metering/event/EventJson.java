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

  /** The factory; immutable and safe to share. */
  public static JsonFactory factory() {
    return FACTORY;
  }
}
