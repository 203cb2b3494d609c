package io.tollgate.store.consumer;

import io.tollgate.model.event.Topics;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.AfterCommit;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records that can never be applied: stored with their cause, and published to {@code <topic>-dlt}
 * through the outbox, in the transaction that advances the position past them. So none is lost,
 * even while the dead-letter topic cannot be written (F10).
 */
public final class DeadLetters {

  private static final String INSERT =
      """
      insert into dead_letter (consumer, topic, partition, record_offset, record_key, payload,
                               cause, recorded_at)
      values (:consumer, :topic, :partition, :offset, :key, :payload, :cause, :at)
      on conflict (consumer, topic, partition, record_offset) do nothing
      """;

  private static final String LIST =
      """
      select id, consumer, topic, partition, record_offset, record_key, payload, cause,
             recorded_at, replayed_at, discarded_at, discarded_by, discard_reason
        from dead_letter
       where id > :after and (:topic::text is null or topic = :topic)
       order by id limit :limit
      """;

  private static final String LOCK_OPEN =
      """
      select id, consumer, topic, partition, record_offset, record_key, payload, cause,
             recorded_at, replayed_at, discarded_at, discarded_by, discard_reason
        from dead_letter
       where replayed_at is null and discarded_at is null and topic = :topic and (:id::bigint is null or id = :id)
       order by id limit :limit
         for update
      """;

  private static final String LOCK_ONE =
      """
      select id, consumer, topic, partition, record_offset, record_key, payload, cause,
             recorded_at, replayed_at, discarded_at, discarded_by, discard_reason
        from dead_letter where id = :id for update
      """;

  private static final String DISCARD =
      """
      update dead_letter set discarded_at = :at, discarded_by = :who, discard_reason = :reason
       where id = :id and replayed_at is null and discarded_at is null
      """;

  private final JdbcClient jdbc;
  private final Transactions transactions;
  private final Outbox outbox;
  private final BusinessClock clock;
  private final AuditTrail trail;
  private final DeadLetterMeters meters;

  DeadLetters(
      JdbcClient jdbc,
      Transactions transactions,
      Outbox outbox,
      BusinessClock clock,
      AuditTrail trail,
      DeadLetterMeters meters) {
    this.meters = meters;
    this.trail = trail;
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbox = outbox;
    this.clock = clock;
  }

  /**
   * A dead letter.
   *
   * @param id its number in this service
   * @param consumer the consumer that could not apply it
   * @param topic the topic it was read from
   * @param partition its partition there
   * @param offset its offset there
   * @param key the record's key
   * @param payload the record's bytes in Base64; empty for a tombstone
   * @param cause what was wrong, in one line
   * @param recordedAt business instant at which it was set aside
   * @param replayedAt business instant at which it was published again
   * @param discarded that it is put away for good, by whom and why
   */
  public record DeadLetter(
      long id,
      String consumer,
      String topic,
      int partition,
      long offset,
      Optional<String> key,
      Optional<String> payload,
      String cause,
      Instant recordedAt,
      Optional<Instant> replayedAt,
      Optional<Discarded> discarded) {}

  /** A decision never to apply a record. */
  public record Discarded(Instant at, String by, String reason) {}

  /**
   * Sets a record aside; once, however often it is read.
   *
   * @param kind why, in the metric
   * @param cause why, in words
   */
  void add(
      String consumer,
      ConsumerRecord<String, byte[]> record,
      DeadLetterMeters.Cause kind,
      String cause) {
    String key = record.key();
    int added =
        jdbc.sql(INSERT)
            .param("consumer", consumer)
            .param("topic", record.topic())
            .param("partition", record.partition())
            .param("offset", record.offset())
            .param("key", key == null ? null : key.getBytes(StandardCharsets.UTF_8))
            .param("payload", record.value())
            .param("cause", cause)
            .param("at", Timestamp.from(clock.now()))
            .update();
    if (added == 1) {
      outbox.append(deadLetter(consumer, record, cause));
      AfterCommit.run(() -> meters.added(record.topic(), kind));
    }
  }

  private static OutboxMessage deadLetter(
      String consumer, ConsumerRecord<String, byte[]> record, String cause) {
    return new OutboxMessage(
        Topics.deadLetter(record.topic()),
        RecordKeys.storable(record.key()),
        Optional.empty(),
        Optional.of(record.partition()),
        Map.of(
            "tollgate-original-topic", record.topic(),
            "tollgate-original-partition", String.valueOf(record.partition()),
            "tollgate-original-offset", String.valueOf(record.offset()),
            "tollgate-consumer", consumer,
            "tollgate-cause", cause),
        stamp -> record.value());
  }

  /** Dead letters in the order of their arrival. */
  public List<DeadLetter> list(Optional<String> topic, long after, int limit) {
    return jdbc.sql(LIST)
        .param("after", after)
        .param("topic", topic.orElse(null), java.sql.Types.VARCHAR)
        .param("limit", limit)
        .query((rs, row) -> read(rs))
        .list();
  }

  /**
   * Publishes dead letters to the topic they came from, same key (without one where it cannot be
   * kept) and partition, and marks them in the same transaction. Consumers that had applied such a
   * record skip it.
   *
   * @param id one of them, else the oldest open ones of the topic
   * @return how many were published
   */
  public int replay(String topic, Optional<Long> id, int limit) {
    return transactions.runHttp(() -> replayOpen(topic, id, limit));
  }

  private Integer replayOpen(String topic, Optional<Long> id, int limit) {
    List<DeadLetter> open =
        jdbc.sql(LOCK_OPEN)
            .param("topic", topic)
            .param("id", id.orElse(null), java.sql.Types.BIGINT)
            .param("limit", limit)
            .query((rs, row) -> read(rs))
            .list();
    outbox.append(open.stream().map(DeadLetters::again).toList());
    for (DeadLetter letter : open) {
      Rows.expectOne(
          jdbc.sql("update dead_letter set replayed_at = ? where id = ? and replayed_at is null")
              .params(Timestamp.from(clock.now()), letter.id())
              .update(),
          "dead letter " + letter.id());
    }
    return open.size();
  }

  /**
   * Puts a dead letter away that will never be applied: it is no longer counted nor published, and
   * stays in the list. Doing it again changes nothing.
   *
   * @param who decided it
   * @param reason why, for the trail
   * @throws ProblemException 404 when there is none, 409 when it was published again before
   */
  public DeadLetter discard(long id, String who, String reason) {
    return transactions.runHttp(
        () -> {
          DeadLetter letter = lock(id);
          if (letter.replayedAt().isPresent()) {
            throw ProblemException.conflict(
                "dead-letter-replayed",
                "dead letter %d was already replayed at %s"
                    .formatted(id, letter.replayedAt().get()));
          }
          if (letter.discarded().isPresent()) {
            return letter;
          }
          Rows.expectOne(
              jdbc.sql(DISCARD)
                  .param("at", Timestamp.from(clock.now()))
                  .param("who", who)
                  .param("reason", reason)
                  .param("id", id)
                  .update(),
              "dead letter " + id);
          trail.record(
              new AuditEntry(
                  who,
                  Optional.empty(),
                  "dead-letter",
                  String.valueOf(id),
                  "discarded: %s %d/%d"
                      .formatted(letter.topic(), letter.partition(), letter.offset()),
                  "C4.2",
                  reason));
          return lock(id);
        });
  }

  private DeadLetter lock(long id) {
    return jdbc.sql(LOCK_ONE)
        .param("id", id)
        .query((rs, row) -> read(rs))
        .optional()
        .orElseThrow(() -> ProblemException.notFound("dead letter " + id));
  }

  private static OutboxMessage again(DeadLetter letter) {
    return new OutboxMessage(
        letter.topic(),
        letter.key().filter(RecordKeys::isStorable),
        Optional.empty(),
        Optional.of(letter.partition()),
        Map.of("tollgate-replayed-dead-letter", String.valueOf(letter.id())),
        stamp -> letter.payload().map(Base64.getDecoder()::decode).orElse(null));
  }

  private static DeadLetter read(ResultSet rs) throws SQLException {
    byte[] key = rs.getBytes("record_key");
    byte[] payload = rs.getBytes("payload");
    Timestamp replayed = rs.getTimestamp("replayed_at");
    Timestamp discarded = rs.getTimestamp("discarded_at");
    String by = rs.getString("discarded_by");
    String reason = rs.getString("discard_reason");
    return new DeadLetter(
        rs.getLong("id"),
        rs.getString("consumer"),
        rs.getString("topic"),
        rs.getInt("partition"),
        rs.getLong("record_offset"),
        Optional.ofNullable(key).map(bytes -> new String(bytes, StandardCharsets.UTF_8)),
        Optional.ofNullable(payload).map(Base64.getEncoder()::encodeToString),
        rs.getString("cause"),
        Columns.instant(rs, "recorded_at"),
        Optional.ofNullable(replayed).map(Timestamp::toInstant),
        Optional.ofNullable(discarded).map(at -> new Discarded(at.toInstant(), by, reason)));
  }
}
