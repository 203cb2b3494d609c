package io.tollgate.metering.log;

import io.tollgate.model.event.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Finds a counted event in {@code usage.events} again, by its position. */
@Component
public final class EventLookup {

  private final LogReader reader;

  EventLookup(LogReader reader) {
    this.reader = reader;
  }

  /**
   * What lies at a position.
   *
   * @param event the event's bytes
   * @param kind of its record: as it was posted, or amended
   * @param platform who posted it
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Found(byte[] event, RecordKind kind, String platform) {}

  /** The event at a position, if it is there. */
  public Optional<Found> at(int partition, long position) {
    return reader
        .at(Topics.USAGE_EVENTS, new LogReader.Place(partition, Position.offset(position)))
        .flatMap(
            record ->
                event(record, Position.index(position))
                    .map(
                        bytes ->
                            new Found(
                                bytes,
                                RecordKind.of(record.headers()).orElse(RecordKind.EVENT),
                                EventPack.platform(record.headers()))));
  }

  private static Optional<byte[]> event(ConsumerRecord<String, byte[]> record, int index) {
    return Optional.of(taken(record)).filter(all -> index < all.size()).map(all -> all.get(index));
  }

  private static List<byte[]> taken(ConsumerRecord<String, byte[]> record) {
    boolean packed =
        RecordKind.of(record.headers()).filter(kind -> kind == RecordKind.EVENTS).isPresent();
    return packed
        ? EventPack.events(record.value(), record.headers()).orElse(List.of())
        : List.of(record.value());
  }

  /** The posted events in a record, in order; none in a record of another kind. */
  public static List<byte[]> events(ConsumerRecord<String, byte[]> record) {
    boolean posted =
        RecordKind.of(record.headers())
            .filter(kind -> kind == RecordKind.EVENT || kind == RecordKind.EVENTS)
            .isPresent();
    return posted && record.value() != null ? taken(record) : List.of();
  }
}
