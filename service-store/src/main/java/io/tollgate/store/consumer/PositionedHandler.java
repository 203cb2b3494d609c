package io.tollgate.store.consumer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a service does with the records of some topics, in the transaction that advances its
 * position.
 *
 * <p>Each bean of this type gets its own consumer ({@link PositionedConsumer}). The database stores
 * the position; it is committed together with all effects of a batch, or not at all.
 *
 * @param <T> what a record is decoded to
 */
public interface PositionedHandler<T> {

  /** A stable name, unique in the service; the consumer group is {@code <service>-<name>}. */
  String name();

  /** The topics to read; all with the deployment's partition count. */
  Set<String> topics();

  /**
   * Reads a record, without touching the database.
   *
   * @return empty when the record does not concern this handler (an unknown event type)
   * @throws io.tollgate.model.event.MalformedEventException when it can never be read: the record
   *     goes to the dead letters and the rest proceeds
   */
  Optional<T> decode(ConsumerRecord<String, byte[]> record);

  /**
   * Applies records of one partition in their order, inside a transaction.
   *
   * <p>Anything thrown that is no infrastructure failure is blamed on one account: the batch is run
   * again account by account, and the failing one is parked.
   */
  void handle(List<Received<T>> batch);

  /**
   * The account to park when the record cannot be applied; by default the key. A record without one
   * goes to the dead letters instead.
   */
  default Optional<String> accountOf(Received<T> received) {
    return received.key();
  }

  /**
   * Told first, in the same transaction, of all records of a batch in their order, whatever becomes
   * of them then: handled, set aside with their parked account, or buried. For handlers that count
   * what they read; records that are replayed were counted when they were read.
   */
  default void arrived(List<Received<T>> batch) {}

  /** Threads to read with; more than the partition count is useless. */
  default int concurrency() {
    return 1;
  }

  /** The most records of one batch, 1 to 5,000. */
  default int maxBatch() {
    return 1_000;
  }
}
