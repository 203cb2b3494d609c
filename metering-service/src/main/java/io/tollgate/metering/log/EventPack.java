package io.tollgate.metering.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.event.UsageEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Several events of one partition in one record: a CloudEvents batch (a JSON array), in which every
 * event has the very bytes that were posted.
 *
 * <p>Broker, clients and Kafka Streams charge by the record; counting an event costs less than
 * handling a record (docs/adr/0010). A header says how long each event is, so that a reader takes
 * them apart without parsing them.
 */
public final class EventPack {

  /** Length of each event, four bytes each. */
  public static final String LENGTHS = "tollgate-lengths";

  /** The header that says who posted the events of a record, or the one that is corrected. */
  public static final String PLATFORM = "tollgate-platform";

  private static final int MAX_BYTES = 64 * 1024;

  private final List<UsageEvent> events = new ArrayList<>();

  /** Bytes of its value: each event comes with the separator before it. */
  private int length = 1;

  /** Whether another event fits; the first always does. */
  boolean fits(UsageEvent event) {
    return events.isEmpty()
        || (events.size() < Position.EVENTS && length + 1 + event.bytes().length <= MAX_BYTES);
  }

  void add(UsageEvent event) {
    events.add(event);
    length += 1 + event.bytes().length;
  }

  /** Its events, in order. */
  List<UsageEvent> events() {
    return events;
  }

  /** The value of its record. */
  byte[] value() {
    ByteBuffer value = ByteBuffer.allocate(length);
    char separator = '[';
    for (UsageEvent event : events) {
      value.put((byte) separator).put(event.bytes());
      separator = ',';
    }
    return value.put((byte) ']').array();
  }

  /** Who posted the events of a record; empty where it does not say. */
  public static String platform(Headers headers) {
    Header header = headers.lastHeader(PLATFORM);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  /** The header that says how to take it apart. */
  byte[] lengths() {
    ByteBuffer lengths = ByteBuffer.allocate(4 * events.size());
    events.forEach(event -> lengths.putInt(event.bytes().length));
    return lengths.array();
  }

  /**
   * The events of a record.
   *
   * @return empty when its lengths do not say what its value is
   */
  public static Optional<List<byte[]>> events(byte[] value, Headers headers) {
    Header header = headers.lastHeader(LENGTHS);
    if (header == null || header.value() == null || header.value().length % 4 != 0) {
      return Optional.empty();
    }
    ByteBuffer lengths = ByteBuffer.wrap(header.value());
    int count = lengths.remaining() / 4;
    if (count == 0 || count > Position.EVENTS) {
      return Optional.empty();
    }
    List<byte[]> events = new ArrayList<>(count);
    int at = 0;
    while (lengths.hasRemaining()) {
      int length = lengths.getInt();
      if (length <= 0 || length > value.length - at - 2 || !separates(value[at], at)) {
        return Optional.empty();
      }
      byte[] event = new byte[length];
      System.arraycopy(value, at + 1, event, 0, length);
      events.add(event);
      at += length + 1;
    }
    return at == value.length - 1 && value[at] == ']' ? Optional.of(events) : Optional.empty();
  }

  private static boolean separates(byte separator, int at) {
    return separator == (at == 0 ? '[' : ',');
  }
}
