package io.tollgate.store.consumer;

import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaTopics;
import io.tollgate.support.messaging.LogEnds;
import io.tollgate.support.time.sweep.DataChanges;
import io.tollgate.support.tracing.Traces;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The handlers with their processors; consumers and replays use them. */
final class BatchProcessors {

  private final List<Entry<?>> entries;
  private final PositionStore positions;
  private final ParkingStore parking;

  private BatchProcessors(List<Entry<?>> entries, PositionStore positions, ParkingStore parking) {
    this.entries = entries;
    this.positions = positions;
    this.parking = parking;
  }

  private record Entry<T>(PositionedHandler<T> handler, BatchProcessor<T> processor) {

    PositionedConsumer<T> consumer(
        PositionStore positions, DataChanges changes, KafkaClients clients, RetryPauses pauses) {
      return new PositionedConsumer<>(handler, processor, positions, changes, clients, pauses);
    }
  }

  /**
   * @throws IllegalStateException when two handlers bear one name: they would share their position
   */
  static BatchProcessors of(
      List<? extends PositionedHandler<?>> handlers,
      Transactions transactions,
      PositionStore positions,
      ParkingStore parking,
      DeadLetters deadLetters,
      AbandonedRecords abandoned,
      Traces traces) {
    Set<String> names = new HashSet<>();
    for (PositionedHandler<?> handler : handlers) {
      if (!names.add(handler.name())) {
        throw new IllegalStateException("two handlers are named " + handler.name());
      }
    }
    List<Entry<?>> entries =
        handlers.stream()
            .<Entry<?>>map(
                handler ->
                    entry(
                        handler, transactions, positions, parking, deadLetters, abandoned, traces))
            .toList();
    return new BatchProcessors(entries, positions, parking);
  }

  private static <T> Entry<T> entry(
      PositionedHandler<T> handler,
      Transactions transactions,
      PositionStore positions,
      ParkingStore parking,
      DeadLetters deadLetters,
      AbandonedRecords abandoned,
      Traces traces) {
    return new Entry<>(
        handler,
        new BatchProcessor<>(
            handler, transactions, positions, parking, deadLetters, abandoned, traces));
  }

  AccountParking parking(Transactions transactions) {
    Map<String, BatchProcessor<?>> byName = new LinkedHashMap<>();
    entries.forEach(entry -> byName.put(entry.handler().name(), entry.processor()));
    return new AccountParking(transactions, parking, byName);
  }

  PositionedConsumers consumers(
      KafkaClients clients, KafkaTopics topics, DataChanges changes, RetryPauses pauses) {
    List<PositionedConsumer<?>> consumers =
        entries.stream()
            .<PositionedConsumer<?>>map(
                entry -> entry.consumer(positions, changes, clients, pauses))
            .toList();
    return new PositionedConsumers(consumers, topics, positions, new LogEnds(clients));
  }
}
