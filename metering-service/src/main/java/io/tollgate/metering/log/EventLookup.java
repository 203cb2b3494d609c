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

  /** The bytes of the event at a position, if it is there. */
  public Optional<byte[]> at(int partition, long position) {
    return reader
        .at(Topics.USAGE_EVENTS, new LogReader.Place(partition, Position.offset(position)))
        .flatMap(record -> event(record, Position.index(position)));
  }

  private static Optional<byte[]> event(ConsumerRecord<String, byte[]> record, int index) {
    boolean packed =
        RecordKind.of(record.headers()).filter(kind -> kind == RecordKind.EVENTS).isPresent();
    Optional<List<byte[]>> events =
        packed
            ? EventPack.events(record.value(), record.headers())
            : Optional.of(List.of(record.value()));
    return events.filter(all -> index < all.size()).map(all -> all.get(index));
  }
}
