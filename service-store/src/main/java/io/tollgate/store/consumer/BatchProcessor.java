package io.tollgate.store.consumer;

import io.tollgate.store.consumer.DecodedBatch.Item;
import io.tollgate.store.consumer.DecodedBatch.Poison;
import io.tollgate.store.jdbc.Failures;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.failure.Causes;
import io.tollgate.support.tracing.Traces;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies a batch of one partition in a transaction that first advances the position.
 *
 * <p>Records that a restore has abandoned are skipped. If the handler fails because of the data,
 * the batch is applied again, account by account behind savepoints; a record that still fails parks
 * its account, or becomes a dead letter if it has none.
 *
 * @param <T> what records are decoded to
 */
final class BatchProcessor<T> {

  private static final Logger log = LoggerFactory.getLogger(BatchProcessor.class);

  private final PositionedHandler<T> handler;
  private final Transactions transactions;
  private final PositionStore positions;
  private final ParkingStore parking;
  private final DeadLetters deadLetters;
  private final AbandonedRecords abandoned;
  private final Traces traces;

  BatchProcessor(
      PositionedHandler<T> handler,
      Transactions transactions,
      PositionStore positions,
      ParkingStore parking,
      DeadLetters deadLetters,
      AbandonedRecords abandoned,
      Traces traces) {
    this.handler = handler;
    this.transactions = transactions;
    this.positions = positions;
    this.parking = parking;
    this.deadLetters = deadLetters;
    this.abandoned = abandoned;
    this.traces = traces;
  }

  /**
   * The stored position is not the expected one: another consumer has advanced it, or it was
   * changed.
   */
  static final class FencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FencedException(String message) {
      super(message);
    }
  }

  /**
   * Applies the records and moves the position.
   *
   * @param from where the position must stand
   * @throws FencedException when it stands elsewhere; nothing was changed
   */
  void process(TopicPartition partition, long from, List<ConsumerRecord<String, byte[]>> records) {
    long to = records.getLast().offset() + 1;
    DecodedBatch<T> decoded = DecodedBatch.of(records, handler, abandoned);
    traced(decoded, () -> process(partition, from, to, decoded));
    FaultPoint.CONSUMER_AFTER_COMMIT.reach();
  }

  private void traced(DecodedBatch<T> decoded, Runnable work) {
    traces.continuing(handler.name(), decoded.causes(), work);
  }

  private void process(TopicPartition partition, long from, long to, DecodedBatch<T> decoded) {
    try {
      transactions.execute(() -> apply(partition, from, to, decoded, this::handleAll));
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      if (e instanceof FencedException || Failures.ofInfrastructure(e)) {
        throw e;
      }
      log.warn(
          "{}: a batch of {} cannot be applied as a whole, continuing account by account: {}",
          handler.name(),
          partition,
          Causes.brief(e));
      transactions.execute(() -> apply(partition, from, to, decoded, this::handleApart));
    }
  }

  /**
   * Applies queued records of a parked account, inside the caller's transaction; a failure is
   * thrown. A handler gets records of one partition at a time here, too.
   */
  void replay(List<ConsumerRecord<String, byte[]>> records) {
    DecodedBatch<T> decoded = DecodedBatch.of(records, handler, abandoned);
    buryUnreadable(decoded.poisons());
    traced(decoded, () -> byPartition(decoded.items()).forEach(this::handleAll));
  }

  private static <T> Collection<List<Item<T>>> byPartition(List<Item<T>> items) {
    return items.stream()
        .collect(
            Collectors.groupingBy(
                item -> new TopicPartition(item.record().topic(), item.record().partition()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values();
  }

  private interface Application<T> {
    void handle(List<Item<T>> items);
  }

  private void apply(
      TopicPartition partition,
      long from,
      long to,
      DecodedBatch<T> decoded,
      Application<T> application) {
    if (!positions.advance(handler.name(), partition, from, to)) {
      throw new FencedException(
          "%s: the position of %s is no longer %d".formatted(handler.name(), partition, from));
    }
    buryUnreadable(decoded.poisons());
    if (!decoded.items().isEmpty()) {
      handler.arrived(received(decoded.items()));
    }
    List<Item<T>> open = withoutParked(decoded.items());
    if (!open.isEmpty()) {
      application.handle(open);
    }
    FaultPoint.CONSUMER_BEFORE_COMMIT.reach();
  }

  private List<Item<T>> withoutParked(List<Item<T>> items) {
    Set<String> accounts = new TreeSet<>();
    items.forEach(item -> handler.accountOf(item.received()).ifPresent(accounts::add));
    Set<String> parked =
        accounts.isEmpty() ? Set.of() : parking.parkedAmong(handler.name(), accounts);
    if (parked.isEmpty()) {
      return items;
    }
    List<Item<T>> open = new ArrayList<>(items.size());
    List<Item<T>> waiting = new ArrayList<>();
    for (Item<T> item : items) {
      Optional<String> account = handler.accountOf(item.received());
      if (account.isPresent() && parked.contains(account.get())) {
        waiting.add(item);
      } else {
        open.add(item);
      }
    }
    setAside(waiting);
    return open;
  }

  private void setAside(List<Item<T>> items) {
    for (Item<T> item : items) {
      parking.setAside(
          handler.name(), handler.accountOf(item.received()).orElseThrow(), item.record());
    }
  }

  private void handleAll(List<Item<T>> items) {
    handler.handle(received(items));
  }

  /** Account by account between records without one, which keep their place in the order. */
  private void handleApart(List<Item<T>> items) {
    Map<String, List<Item<T>>> accounts = new LinkedHashMap<>();
    Set<String> parked = new HashSet<>();
    for (Item<T> item : items) {
      Optional<String> account = handler.accountOf(item.received());
      if (account.isPresent()) {
        accounts.computeIfAbsent(account.get(), key -> new ArrayList<>()).add(item);
      } else {
        accounts.forEach((key, own) -> handleOrPark(key, own, parked));
        accounts.clear();
        handleOrBury(item);
      }
    }
    accounts.forEach((key, own) -> handleOrPark(key, own, parked));
  }

  private void handleOrPark(String account, List<Item<T>> items, Set<String> parked) {
    if (parked.contains(account)) {
      setAside(items);
      return;
    }
    List<Item<T>> left = new ArrayList<>(items);
    while (!left.isEmpty()) {
      List<Item<T>> tried = left;
      Optional<Throwable> failure = attempt(() -> handleAll(tried));
      if (failure.isEmpty()) {
        return;
      }
      String cause = Causes.brief(failure.get());
      Optional<Item<T>> refused = refused(failure.get(), left);
      if (refused.isEmpty()) {
        park(account, left, cause, parked);
        return;
      }
      bury(refused.get(), DeadLetterMeters.Cause.REJECTED, cause);
      left = left.stream().filter(item -> !item.equals(refused.get())).toList();
    }
  }

  private Optional<Item<T>> refused(Throwable failure, List<Item<T>> items) {
    return failure instanceof RefusedRecordException refusal
        ? items.stream().filter(item -> item.record().offset() == refusal.offset()).findFirst()
        : Optional.empty();
  }

  /** What cannot even wait for its account is applied alone, or buried. */
  private void park(String account, List<Item<T>> items, String cause, Set<String> parked) {
    Optional<Throwable> failure =
        attempt(
            () -> {
              parking.park(handler.name(), account, cause);
              setAside(items);
            });
    if (failure.isEmpty()) {
      log.error("{}: account {} is parked: {}", handler.name(), account, cause);
      parked.add(account);
    } else {
      items.forEach(this::handleOrBury);
    }
  }

  private void handleOrBury(Item<T> item) {
    attempt(() -> handleAll(List.of(item)))
        .map(Causes::brief)
        .ifPresent(cause -> bury(item, DeadLetterMeters.Cause.FAILED, cause));
  }

  private void bury(Item<T> item, DeadLetterMeters.Cause kind, String cause) {
    deadLetters.add(handler.name(), item.record(), kind, cause);
  }

  private void buryUnreadable(List<Poison> poisons) {
    for (Poison poison : poisons) {
      deadLetters.add(
          handler.name(), poison.record(), DeadLetterMeters.Cause.UNREADABLE, poison.cause());
    }
  }

  private Optional<Throwable> attempt(Runnable work) {
    try {
      transactions.behindSavepoint(work);
      return Optional.empty();
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      if (Failures.ofInfrastructure(e)) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private static <T> List<Received<T>> received(List<Item<T>> items) {
    return items.stream().map(Item::received).toList();
  }
}
