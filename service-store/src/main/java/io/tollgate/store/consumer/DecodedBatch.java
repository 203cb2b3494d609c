package io.tollgate.store.consumer;

import io.tollgate.model.event.MalformedEventException;
import io.tollgate.support.failure.Causes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of a batch as a handler reads them.
 *
 * @param items what concerns it, in order
 * @param poisons what can never be read
 * @param <T> what records are decoded to
 */
record DecodedBatch<T>(List<Item<T>> items, List<Poison> poisons) {

  /** A decoded record with its bytes, which are needed to set it aside. */
  record Item<T>(ConsumerRecord<String, byte[]> record, Received<T> received) {}

  /** A record that cannot be read, and why. */
  record Poison(ConsumerRecord<String, byte[]> record, String cause) {}

  /** Decodes records, without those that a restore has abandoned. */
  static <T> DecodedBatch<T> of(
      List<ConsumerRecord<String, byte[]>> records,
      PositionedHandler<T> handler,
      AbandonedRecords abandoned) {
    List<Item<T>> items = new ArrayList<>(records.size());
    List<Poison> poisons = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      if (abandoned.contains(record)) {
        continue;
      }
      try {
        checkKey(record);
        handler
            .decode(record)
            .map(value -> new Item<>(record, received(record, value)))
            .ifPresent(
                item -> {
                  // Whoever is to be parked for it is known before anything is done.
                  var unused = handler.accountOf(item.received());
                  items.add(item);
                });
      } catch (RuntimeException | StackOverflowError e) {
        poisons.add(new Poison(record, Causes.brief(e)));
      }
    }
    return new DecodedBatch<>(items, poisons);
  }

  private static void checkKey(ConsumerRecord<String, byte[]> record) {
    String key = record.key();
    if (key != null && !RecordKeys.isStorable(key)) {
      throw new MalformedEventException("the key is not a valid account id");
    }
  }

  private static <T> Received<T> received(ConsumerRecord<String, byte[]> record, T value) {
    return new Received<>(
        record.topic(),
        record.partition(),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        Optional.ofNullable(record.key()),
        value);
  }

  /** The trace contexts of what caused it. */
  List<String> causes() {
    return items.stream().flatMap(item -> item.received().traceparent().stream()).toList();
  }
}
