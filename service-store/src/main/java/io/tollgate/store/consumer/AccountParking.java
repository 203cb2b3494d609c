package io.tollgate.store.consumer;

import io.tollgate.store.jdbc.Failures;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.failure.Causes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Parks accounts whose records could not be applied, and replays them.
 *
 * <p>While an account is parked, its later records queue behind the failed one, in order; other
 * accounts continue. A replay applies the queue; once it is empty, the account takes new records
 * again.
 */
public final class AccountParking {

  private static final int SLICE = 500;

  private final Transactions transactions;
  private final ParkingStore store;
  private final Map<String, BatchProcessor<?>> processors;

  AccountParking(
      Transactions transactions, ParkingStore store, Map<String, BatchProcessor<?>> processors) {
    this.transactions = transactions;
    this.store = store;
    this.processors = Map.copyOf(processors);
  }

  /**
   * The outcome of a replay.
   *
   * @param consumer the consumer the account was parked for
   * @param replayed records applied
   * @param parked whether it is still parked
   * @param cause why, empty otherwise
   */
  public record Replay(String consumer, int replayed, boolean parked, String cause) {}

  /** Parked accounts after a cursor, in key order. */
  public List<ParkedAccount> list(String after, int limit) {
    return store.list(after, limit);
  }

  /** Parked accounts whose time to be tried again has come. */
  public List<String> toTry(int limit) {
    return store.toTry(limit);
  }

  /**
   * Lets parked accounts be tried again now.
   *
   * @param account this one only
   * @param work only those of this {@code consumer NAME}
   * @return how many are
   */
  public int tryAgain(Optional<String> account, Optional<String> work) {
    return transactions.run(() -> store.tryAgain(account, work));
  }

  /** Applies what waits for an account, for every consumer it is parked for. */
  public List<Replay> replay(String account) {
    List<Replay> replays = new ArrayList<>();
    for (String consumer : store.consumersOf(account)) {
      BatchProcessor<?> processor = processors.get(consumer);
      replays.add(
          processor == null
              ? new Replay(consumer, 0, true, "the consumer of this name no longer exists")
              : replay(consumer, account, processor));
    }
    return replays;
  }

  private Replay replay(String consumer, String account, BatchProcessor<?> processor) {
    int replayed = 0;
    try {
      while (true) {
        int slice = transactions.runHttp(() -> replaySlice(consumer, account, processor));
        replayed += slice;
        if (slice < SLICE) {
          return new Replay(consumer, replayed, false, "");
        }
      }
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      if (Failures.ofInfrastructure(e)) {
        throw e;
      }
      String cause = Causes.brief(e);
      transactions.execute(
          () -> {
            if (store.lock(consumer, account)) {
              store.park(consumer, account, cause);
            }
          });
      return new Replay(consumer, replayed, true, cause);
    }
  }

  private Integer replaySlice(String consumer, String account, BatchProcessor<?> processor) {
    if (!store.lock(consumer, account)) {
      return 0;
    }
    List<ConsumerRecord<String, byte[]>> records = store.oldest(consumer, account, SLICE);
    processor.replay(records);
    records.forEach(record -> store.remove(consumer, account, record));
    if (records.size() < SLICE) {
      store.unpark(consumer, account);
    }
    return records.size();
  }
}
