package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.event.Identity;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.support.messaging.KafkaSettings;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.processor.StateStore;
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

  /** The stores cannot be read here and now. */
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
    each(Bytes.wrap(SeriesKey.accountPrefix(account)), consumer);
  }

  /**
   * Shows all series, in no order.
   *
   * @throws NotHereException when not all partitions are read by this instance
   */
  public void allSeries(BiConsumer<SeriesKey, SeriesState> consumer) {
    each(Bytes.wrap(new byte[0]), consumer);
  }

  void each(Bytes prefix, BiConsumer<SeriesKey, SeriesState> consumer) {
    try {
      query(
              TaskStores.SERIES,
              new StoresOfTasks<>(
                  SeriesTotals.class,
                  stores -> (start, taker) -> stores.forEach(store -> store.each(start, taker))))
          .each(prefix, consumer);
    } catch (InvalidStateStoreException e) {
      throw new NotHereException("the totals are moving or being restored");
    }
  }

  private <T> T query(String store, QueryableStoreType<T> type) {
    if (tasks.snapshots().size() < kafka.partitions()) {
      throw new NotHereException("this instance does not read all partitions");
    }
    try {
      return streams.streams().store(StoreQueryParameters.fromNameAndType(store, type));
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new NotHereException("the totals are moving or being restored");
    }
  }

  /** Where an event was accepted, while that is remembered. */
  public OptionalLong positionOf(Identity identity) {
    return remembered(identity).stream().mapToLong(Remembered::position).findFirst();
  }

  /**
   * Whether a correction was decided: its outcome is kept for ever.
   *
   * @param partition of the instance that is corrected
   * @throws NotHereException when this instance does not read the partition
   */
  public boolean hasDecided(String correction, int partition) {
    try {
      return store(TaskStores.CORRECTIONS, partition).get(StoreKeys.text(correction)) != null;
    } catch (InvalidStateStoreException e) {
      throw new NotHereException("the corrections are moving or being restored");
    }
  }

  int partitions() {
    return kafka.partitions();
  }

  /** A store of the task of a partition. */
  ReadOnlyKeyValueStore<Bytes, byte[]> store(String name, int partition) {
    try {
      return streams
          .streams()
          .store(
              StoreQueryParameters.fromNameAndType(
                      name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                  .withPartition(partition));
    } catch (InvalidStateStoreException | IllegalStateException e) {
      throw new NotHereException("this instance does not read partition " + partition + " now");
    }
  }

  /** What is remembered of an event. */
  Optional<Remembered> remembered(Identity identity) {
    try {
      return query(
              TaskStores.DEDUP,
              new StoresOfTasks<>(
                  Identities.class,
                  stores ->
                      wanted ->
                          stores.stream()
                              .flatMap(store -> store.remembered(wanted).stream())
                              .findFirst()))
          .remembered(identity);
    } catch (InvalidStateStoreException e) {
      throw new NotHereException("the dedup memory is moving or being restored");
    }
  }

  /**
   * Which platform runs an instance, as account-service says; empty while nothing is known of it.
   *
   * @throws NotHereException when not all partitions are read by this instance
   */
  public Optional<PlatformId> platformOf(InstanceId instance) {
    try {
      byte[] record =
          query(TaskStores.INSTANCES, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
              .get(StoreKeys.text(instance.value()));
      return Optional.ofNullable(record)
          .flatMap(InstanceRecord.CODEC::decode)
          .map(known -> known.data().platform());
    } catch (InvalidStateStoreException e) {
      throw new NotHereException("the instances are moving or being restored");
    }
  }

  /** All tasks' stores as one. */
  private record StoresOfTasks<T>(Class<T> type, Function<List<T>, T> joined)
      implements QueryableStoreType<T> {

    @Override
    public boolean accepts(StateStore store) {
      return type.isInstance(store);
    }

    @Override
    public T create(StateStoreProvider provider, String name) {
      return joined.apply(provider.stores(name, this));
    }
  }
}
