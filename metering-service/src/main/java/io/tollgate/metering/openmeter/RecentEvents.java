package io.tollgate.metering.openmeter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.MeteringSettings;
import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.log.EventLookup;
import io.tollgate.metering.log.LogReader;
import io.tollgate.metering.log.Position;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.Topics;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.messaging.KeyPartitions;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Finds the latest events in the log itself: in the partition of the instance asked for, else in
 * all; no further back than a bound.
 */
@Component
final class RecentEvents {

  private final LogReader log;
  private final KeyPartitions partitions;
  private final KafkaSettings settings;
  private final int mostRecords;

  RecentEvents(
      LogReader log, KeyPartitions partitions, KafkaSettings settings, MeteringSettings metering) {
    this.log = log;
    this.partitions = partitions;
    this.settings = settings;
    this.mostRecords = metering.listedRecords();
  }

  /**
   * Which events are wanted; what is empty does not matter.
   *
   * @param storedFrom when the broker took it, at the earliest
   * @param storedTo and at the latest
   * @param id its id
   * @param subject its instance
   * @param from when it was used, at the earliest
   * @param to and at the latest
   */
  record Wanted(
      Optional<Instant> storedFrom,
      Optional<Instant> storedTo,
      Optional<String> id,
      Optional<InstanceId> subject,
      Optional<Instant> from,
      Optional<Instant> to) {

    private boolean isStoredIn(Instant stored) {
      return storedFrom.filter(stored::isBefore).isEmpty()
          && storedTo.filter(stored::isAfter).isEmpty();
    }

    private boolean matches(UsageEvent event) {
      return id.filter(wanted -> !wanted.equals(event.id())).isEmpty()
          && subject.filter(wanted -> !wanted.value().equals(event.instance())).isEmpty()
          && from.filter(start -> event.time().isBefore(start)).isEmpty()
          && to.filter(end -> event.time().isAfter(end)).isEmpty();
    }
  }

  /**
   * An event of the log.
   *
   * @param json the very bytes that were posted
   * @param storedAt when the broker took it
   * @param partition where it lies
   * @param position and where there
   */
  record Found(String json, Instant storedAt, int partition, long position) {

    private static final Comparator<Found> OLDEST_FIRST =
        Comparator.comparing(Found::storedAt)
            .thenComparingLong(Found::position)
            .thenComparingInt(Found::partition);
  }

  /**
   * The latest events that are wanted and visible, latest first.
   *
   * @throws ProblemException 422 when it was asked since when they came, and more records came
   *     since than are looked through, so that some may be missing
   */
  List<Found> latest(Wanted wanted, Predicate<InstanceId> visible, int limit) {
    List<Integer> places =
        wanted.subject().isPresent()
            ? List.of(partitions.of(wanted.subject().get().value()))
            : IntStream.range(0, settings.partitions()).boxed().toList();
    PriorityQueue<Found> latest = new PriorityQueue<>(Found.OLDEST_FIRST);
    EventReader reader = new EventReader();
    Instant lookedBackTo = Instant.MIN;
    for (int partition : places) {
      Instant[] first = {Instant.MAX};
      boolean all =
          log.last(
              Topics.USAGE_EVENTS,
              partition,
              Math.max(1, mostRecords / places.size()),
              wanted.storedFrom(),
              wanted.storedTo(),
              record -> {
                if (first[0].equals(Instant.MAX)) {
                  first[0] = Instant.ofEpochMilli(record.timestamp());
                }
                take(record, wanted, visible, limit, reader, latest);
              });
      if (!all && first[0].isAfter(lookedBackTo)) {
        lookedBackTo = first[0];
      }
    }
    List<Found> found = new ArrayList<>(latest);
    found.sort(Found.OLDEST_FIRST.reversed());
    boolean isComplete =
        found.size() == limit && !found.getLast().storedAt().isBefore(lookedBackTo);
    if (wanted.storedFrom().isPresent() && !lookedBackTo.equals(Instant.MIN) && !isComplete) {
      throw tooMany();
    }
    return found;
  }

  private ProblemException tooMany() {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "too-many-records",
        "the period has more than the %d records that one query reads; shorten it (ingestedAtFrom, ingestedAtTo), name one subject, or request fewer events (limit)"
            .formatted(mostRecords));
  }

  private static void take(
      ConsumerRecord<String, byte[]> record,
      Wanted wanted,
      Predicate<InstanceId> visible,
      int limit,
      EventReader reader,
      PriorityQueue<Found> latest) {
    Instant stored = Instant.ofEpochMilli(record.timestamp());
    if (!wanted.isStoredIn(stored)) {
      return;
    }
    List<byte[]> events = EventLookup.events(record);
    for (int i = 0; i < events.size(); i++) {
      if (reader.read(events.get(i)) instanceof Reading.Read read
          && wanted.matches(read.event())
          && visible.test(InstanceId.of(read.event().instance()))) {
        latest.add(
            new Found(
                new String(events.get(i), UTF_8),
                stored,
                record.partition(),
                Position.of(record.offset(), i)));
        if (latest.size() > limit) {
          latest.remove();
        }
      }
    }
  }
}
