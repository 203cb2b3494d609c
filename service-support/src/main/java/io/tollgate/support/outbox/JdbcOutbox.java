package io.tollgate.support.outbox;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.WireMapper;
import io.tollgate.support.jdbc.CopyWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The outbox table. Numbering an account's events locks its sequence row until commit, so that ids
 * and sequences of one account follow commit order whatever else the caller locked.
 *
 * <p>States of a key are numbered too, by that key; they do not bear the number, but it shows when
 * one of them was lost ({@link OutboxInvariant}).
 */
final class JdbcOutbox implements Outbox {

  private static final int MAX_PAYLOAD_BYTES = 3 * 1024 * 1024;

  private static final String NEXT_SEQUENCES =
      """
      insert into outbox_sequence as s (topic, account, sequence)
      select topic, account, count(*)
        from unnest(:topics::text[], :accounts::text[]) as wanted(topic, account)
       group by topic, account
       order by topic, account
      on conflict (topic, account) do update set sequence = s.sequence + excluded.sequence
      returning topic, account, sequence
      """;

  private final JdbcClient jdbc;
  private final CopyWriter copy;
  private final String source;
  private final Runnable wakeRelay;

  JdbcOutbox(JdbcClient jdbc, CopyWriter copy, String source, Runnable wakeRelay) {
    this.jdbc = jdbc;
    this.copy = copy;
    this.source = source;
    this.wakeRelay = wakeRelay;
  }

  /**
   * What numbers a message: its account, else its key, which is told from an account by a blank.
   */
  private record SequenceKey(String topic, String numbers) {

    static Optional<SequenceKey> of(OutboxMessage message) {
      return message
          .account()
          .map(AccountId::value)
          .or(() -> message.key().map(key -> "key " + key))
          .map(text -> new SequenceKey(message.topic(), text));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(OutboxMessage message, byte @Nullable [] payload) {}

  @Override
  public void append(List<OutboxMessage> messages) {
    if (messages.isEmpty()) {
      return;
    }
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("the outbox is written inside the business transaction");
    }
    List<Row> rows = stamped(messages);
    copy.copy(
        "outbox",
        "topic, partition, record_key, payload, headers, counted",
        rows,
        (row, out) ->
            out.text(row.message().topic())
                .numberOrNull(row.message().partition().orElse(null))
                .bytes(keyBytes(row.message().key()))
                .bytes(row.payload())
                .text(WireMapper.mapper().writeValueAsString(row.message().headers()))
                .flag(SequenceKey.of(row.message()).isPresent()));
    wakeAfterCommit();
  }

  private List<Row> stamped(List<OutboxMessage> messages) {
    Map<SequenceKey, Long> last = nextSequences(messages);
    long epoch = last.isEmpty() ? 0 : epoch();
    Map<SequenceKey, Long> remaining = new HashMap<>();
    for (OutboxMessage message : messages) {
      SequenceKey.of(message).ifPresent(key -> remaining.merge(key, 1L, Long::sum));
    }
    List<Row> rows = new ArrayList<>(messages.size());
    for (OutboxMessage message : messages) {
      Stamp stamp = new Stamp(source, 0, 0);
      if (message.account().isPresent()) {
        SequenceKey key = SequenceKey.of(message).orElseThrow();
        long left = remaining.merge(key, -1L, Long::sum);
        stamp = new Stamp(source, epoch, last.getOrDefault(key, 0L) - left);
      }
      rows.add(new Row(message, bounded(message, message.payload().encode(stamp))));
    }
    return rows;
  }

  private Map<SequenceKey, Long> nextSequences(List<OutboxMessage> messages) {
    List<SequenceKey> numbered =
        messages.stream().map(SequenceKey::of).flatMap(Optional::stream).toList();
    Map<SequenceKey, Long> last = new HashMap<>();
    if (numbered.isEmpty()) {
      return last;
    }
    jdbc.sql(NEXT_SEQUENCES)
        .param("topics", numbered.stream().map(SequenceKey::topic).toArray(String[]::new))
        .param("accounts", numbered.stream().map(SequenceKey::numbers).toArray(String[]::new))
        .query(
            rs -> {
              last.put(
                  new SequenceKey(rs.getString("topic"), rs.getString("account")),
                  rs.getLong("sequence"));
            });
    return last;
  }

  private long epoch() {
    return jdbc.sql("select epoch from outbox_epoch").query(Long.class).single();
  }

  private static byte @Nullable [] bounded(OutboxMessage message, byte @Nullable [] payload) {
    if (payload != null && payload.length > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a record of %d bytes can't be published to %s"
              .formatted(payload.length, message.topic()));
    }
    return payload;
  }

  private static byte @Nullable [] keyBytes(Optional<String> key) {
    return key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
  }

  private void wakeAfterCommit() {
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            wakeRelay.run();
          }
        });
  }
}
