package io.tollgate.metering.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The kind of a record of {@code usage.events}, from its header. */
public enum RecordKind {
  /** A posted usage event. */
  EVENT,
  /** Several posted usage events: an {@link EventPack}. */
  EVENTS,
  /** Business time has come to an instant. */
  TICK,
  /** A counted event is taken back. */
  VOID,
  /** A counted event is replaced. */
  AMEND,
  /** Usage is added to a past window. */
  ADD,
  /** The id of a correction is taken for one request, before the correction itself is appended. */
  CLAIM;

  /** The header that carries the kind. */
  public static final String HEADER = "tollgate-kind";

  private static final RecordKind[] VALUES = values();

  private final byte[] text = name().toLowerCase(java.util.Locale.ROOT).getBytes(US_ASCII);

  /** The header's value; a copy. */
  public byte[] headerValue() {
    return text.clone();
  }

  /** The kind of a record; an event where nothing is said, empty where it is not known. */
  public static Optional<RecordKind> of(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null) {
      return Optional.of(EVENT);
    }
    for (RecordKind kind : VALUES) {
      if (Arrays.equals(kind.text, header.value())) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
