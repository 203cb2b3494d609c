package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.event.Identity;
import io.tollgate.model.AccountId;
import io.tollgate.support.kafka.KafkaSettings;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.internals.StateStoreProvider;
import org.springframework.stereotype.Component;

/** Reads the running tasks' stores of this instance; never changes them. */
@Component
public final class LiveState {

  private final StreamsRunner streams;
  private final TaskState tasks;
  private final KafkaSettings kafka;

  LiveState(StreamsRunner streams, TaskState tasks, KafkaSettings kafka) {
    this.streams = streams;
    this.tasks = tasks;
    this.kafka = kafka;
  }

  /** The stores can't be read here and now. */
  public static final class NotHereException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotHereException(String message) {
      super(message);
    }
  }

  /**
   * Shows the series of an account, in no order.
   *
   * @throws NotHereException when not all partitions are read by this instance
   */
  public void seriesOf(AccountId account, BiConsumer<SeriesKey, SeriesState> consumer) {
    Bytes prefix = Bytes.wrap(SeriesKey.accountPrefix(account));
    try (KeyValueIterator<Bytes, byte[]> found =
        store().prefixScan(prefix, Serdes.Bytes().serializer())) {
      each(found, consumer);
    } catch (InvalidStateStoreException e) {
      throw new NotHereException("the totals are being moved or restored");
    }
  }

  /** Shows all series, in no order. */
  public void allSeries(BiConsumer<SeriesKey, SeriesState> consumer) {
    try (KeyValueIterator<Bytes, byte[]> found = store().all()) {
      each(found, consumer);
    } catch (InvalidStateStoreException e) {
      throw new NotHereException("the totals are being moved or restored");
    }
  }

  private static void each(
      KeyValueIterator<Bytes, byte[]> found, BiConsumer<SeriesKey, SeriesState> consumer) {
    while (found.hasNext()) {
      KeyValue<Bytes, byte[]> next = found.next();
      consumer.accept(SeriesKey.of(next.key.get()), SeriesState.of(next.value));
    }
  }

  private ReadOnlyKeyValueStore<Bytes, byte[]> store() {
    return query(TaskStores.SERIES, QueryableStoreTypes.keyValueStore());
  }

  private <T> T query(String store, QueryableStoreType<T> type) {
    if (tasks.snapshots().size() < kafka.partitions()) {
      throw new NotHereException("this instance does not read all partitions");
    }
    try {
      return streams.streams().store(StoreQueryParameters.fromNameAndType(store, type));
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new NotHereException("the totals are being moved or restored");
    }
  }

  /** Where an event was accepted, while that is remembered. */
  public OptionalLong positionOf(Identity identity) {
    try {
      return query(TaskStores.DEDUP, new PositionsType()).positionOf(identity);
    } catch (InvalidStateStoreException e) {
      throw new NotHereException("the dedup memory is being moved or restored");
    }
  }

  /** All tasks' stores of identities as one. */
  private static final class PositionsType implements QueryableStoreType<Positions> {

    @Override
    public boolean accepts(StateStore store) {
      return store instanceof Positions;
    }

    @Override
    public Positions create(StateStoreProvider provider, String name) {
      return identity ->
          provider.stores(name, this).stream()
              .flatMapToLong(store -> store.positionOf(identity).stream())
              .findFirst();
    }
  }
}
