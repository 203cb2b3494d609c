package io.tollgate.store.outbox;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.EventEnvelope;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record to be published once the surrounding transaction has committed.
 *
 * @param topic where to
 * @param key the record's key
 * @param account whose sequence numbers it, else it bears none
 * @param partition a fixed partition, else the key decides
 * @param headers texts to go along
 * @param payload makes the bytes when the stamp is known
 */
public record OutboxMessage(
    String topic,
    Optional<String> key,
    Optional<AccountId> account,
    Optional<Integer> partition,
    Map<String, String> headers,
    Payload payload) {

  /** Makes a record's bytes, or null for a tombstone. */
  @FunctionalInterface
  public interface Payload {
    /** The bytes with the stamp in them, if they bear one. */
    byte @Nullable [] encode(Stamp stamp);
  }

  /** Keeps its own copy of the headers. */
  public OutboxMessage {
    headers = Map.copyOf(headers);
  }

  /**
   * Whether it is numbered by its key and says so in headers; a record that is published again to
   * its old partition keeps to what it was.
   */
  boolean isState() {
    return account.isEmpty() && key.isPresent() && partition.isEmpty();
  }

  /**
   * An event of an account, keyed and numbered by it.
   *
   * @param eventId derived from the cause, so that the same cause makes the same id
   * @param time the business instant at which it took effect
   */
  public static <E> OutboxMessage event(
      String topic, AccountId account, EventCodec<E> codec, String eventId, Instant time, E event) {
    return of(topic, account.value(), Optional.of(account), codec, eventId, time, event);
  }

  /**
   * A record about a key that belongs to no account: its newest state on a compacted topic, or an
   * event.
   *
   * @param eventId derived from the cause, so that the same cause makes the same id
   * @param time the business instant at which it took effect
   */
  public static <E> OutboxMessage ofKey(
      String topic, String key, EventCodec<E> codec, String eventId, Instant time, E data) {
    return of(topic, key, Optional.empty(), codec, eventId, time, data);
  }

  private static <E> OutboxMessage of(
      String topic,
      String key,
      Optional<AccountId> account,
      EventCodec<E> codec,
      String eventId,
      Instant time,
      E data) {
    return new OutboxMessage(
        topic,
        Optional.of(key),
        account,
        Optional.empty(),
        Map.of(),
        stamp ->
            codec.encode(
                new EventEnvelope<>(
                    eventId,
                    stamp.source(),
                    codec.typeOf(data),
                    key,
                    time,
                    stamp.epoch(),
                    stamp.sequence(),
                    stamp.traceparent(),
                    data)));
  }

  /** Removes a key from a compacted topic. */
  public static OutboxMessage tombstone(String topic, String key) {
    return new OutboxMessage(
        topic, Optional.of(key), Optional.empty(), Optional.empty(), Map.of(), stamp -> null);
  }
}
