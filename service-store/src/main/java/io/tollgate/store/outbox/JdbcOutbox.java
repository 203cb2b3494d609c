package io.tollgate.store.outbox;

import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.AfterCommit;
import io.tollgate.store.jdbc.CopyWriter;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.support.tracing.Traces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The outbox table. Numbering an account's events locks its sequence row until commit, so that ids
 * and sequences of one account follow commit order whatever else the caller locked.
 *
 * <p>States of a key are numbered too, by that key; they bear the number in headers ({@link
 * RecordStamp}), and it shows when one of them was lost ({@link OutboxInvariant}).
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
  private final Traces traces;
  private final Runnable wakeRelay;

  JdbcOutbox(JdbcClient jdbc, CopyWriter copy, String source, Traces traces, Runnable wakeRelay) {
    this.jdbc = jdbc;
    this.copy = copy;
    this.source = source;
    this.traces = traces;
    this.wakeRelay = wakeRelay;
  }

  /** What numbers a message: its account, else its key. */
  private record SequenceKey(String topic, String numbers) {

    static Optional<SequenceKey> of(OutboxMessage message) {
      return message
          .account()
          .map(AccountId::value)
          .or(() -> message.key().map(RecordStamp::ofKey))
          .map(text -> new SequenceKey(message.topic(), text));
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Row(
      OutboxMessage message, Map<String, String> headers, byte @Nullable [] payload) {}

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
                .text(OutboxRecords.text(row.headers()))
                .flag(SequenceKey.of(row.message()).isPresent()));
    AfterCommit.run(wakeRelay);
  }

  private List<Row> stamped(List<OutboxMessage> messages) {
    Map<SequenceKey, Long> last = nextSequences(messages);
    long epoch = last.isEmpty() ? 0 : epoch();
    Optional<String> trace = traces.current();
    Map<SequenceKey, Long> remaining = new HashMap<>();
    for (OutboxMessage message : messages) {
      SequenceKey.of(message).ifPresent(key -> remaining.merge(key, 1L, Long::sum));
    }
    List<Row> rows = new ArrayList<>(messages.size());
    for (OutboxMessage message : messages) {
      long sequence =
          SequenceKey.of(message)
              .map(key -> last.getOrDefault(key, 0L) - remaining.merge(key, -1L, Long::sum))
              .orElse(0L);
      rows.add(row(message, epoch, sequence, trace));
    }
    return rows;
  }

  /** An event of an account bears its number; what is numbered by its key has it in headers. */
  private Row row(OutboxMessage message, long epoch, long sequence, Optional<String> trace) {
    Stamp stamp =
        message.account().isPresent()
            ? new Stamp(source, epoch, sequence, trace)
            : new Stamp(source, 0, 0, trace);
    byte[] payload = bounded(message, message.payload().encode(stamp));
    Map<String, String> headers = message.headers();
    if (message.isState()) {
      headers = new HashMap<>(headers);
      headers.put(RecordStamp.EPOCH, Long.toString(epoch));
      headers.put(RecordStamp.SEQUENCE, Long.toString(sequence));
    }
    return new Row(message, headers, payload);
  }

  private Map<SequenceKey, Long> nextSequences(List<OutboxMessage> messages) {
    List<SequenceKey> numbered =
        messages.stream().map(SequenceKey::of).flatMap(Optional::stream).toList();
    Map<SequenceKey, Long> last = new HashMap<>();
    if (numbered.isEmpty()) {
      return last;
    }
    jdbc.sql(NEXT_SEQUENCES)
        .param("topics", SqlArrays.texts(numbered, SequenceKey::topic))
        .param("accounts", SqlArrays.texts(numbered, SequenceKey::numbers))
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
          "a record of %d bytes is too large for %s".formatted(payload.length, message.topic()));
    }
    return payload;
  }

  private static byte @Nullable [] keyBytes(Optional<String> key) {
    return key.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
  }
}
