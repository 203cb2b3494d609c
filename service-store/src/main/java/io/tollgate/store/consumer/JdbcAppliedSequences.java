package io.tollgate.store.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.model.event.EventEnvelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores the last applied sequence numbers; one read and at most two writes per batch. */
final class JdbcAppliedSequences implements AppliedSequences {

  private static final Logger log = LoggerFactory.getLogger(JdbcAppliedSequences.class);
  private static final long MAX_REMEMBERED_GAP = 1_000;

  /** A history with a longer gap is not believed: what really comes next would be left out. */
  private static final long MAX_BELIEVED_GAP = 1_000_000;

  private static final String LOAD =
      """
      select account, epoch, sequence from applied_sequence
       where topic = :topic and account = any(:accounts)
      """;

  private static final String ADD =
      """
      insert into applied_sequence (topic, account, epoch, sequence)
      select :topic, account, epoch, sequence
        from unnest(:accounts::text[], :epochs::bigint[], :sequences::bigint[])
             as applied(account, epoch, sequence)
      on conflict (topic, account) do nothing
      """;

  private static final String ADVANCE =
      """
      update applied_sequence known set epoch = applied.epoch, sequence = applied.sequence
        from unnest(:accounts::text[], :epochs::bigint[], :sequences::bigint[],
                    :epochsBefore::bigint[], :sequencesBefore::bigint[])
             as applied(account, epoch, sequence, epoch_before, sequence_before)
       where known.topic = :topic and known.account = applied.account
         and known.epoch = applied.epoch_before and known.sequence = applied.sequence_before
      """;

  private static final String REMEMBER_GAP =
      """
      insert into applied_sequence_gap (topic, account, epoch, sequence)
      select :topic, :account, :epoch, number from generate_series(:from::bigint, :to::bigint) number
      on conflict do nothing
      """;

  private static final String FILL_GAP =
      """
      delete from applied_sequence_gap
       where topic = :topic and account = :account and epoch = :epoch and sequence = :sequence
      """;

  private final JdbcClient jdbc;
  private final Counter gaps;

  JdbcAppliedSequences(JdbcClient jdbc, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.gaps =
        Counter.builder("tollgate_event_gaps")
            .description("Events that were missing when a later one of the same account arrived")
            .register(meters);
  }

  private record Applied(long epoch, long sequence) {
    static final Applied NONE = new Applied(0, 0);
  }

  @Override
  public <E> List<Received<EventEnvelope<E>>> unapplied(
      String topic, List<Received<EventEnvelope<E>>> events) {
    Map<String, Applied> before = load(topic, events);
    Map<String, Applied> known = new HashMap<>(before);
    Map<String, Applied> changed = new TreeMap<>();
    List<Received<EventEnvelope<E>>> fresh = new ArrayList<>(events.size());
    for (Received<EventEnvelope<E>> received : events) {
      EventEnvelope<E> event = received.value();
      if (event.sequence() == 0) {
        fresh.add(received);
        continue;
      }
      Applied last = known.getOrDefault(event.subject(), Applied.NONE);
      checkBelievable(received, last);
      if (follows(topic, event, last)) {
        Applied now = new Applied(event.epoch(), event.sequence());
        known.put(event.subject(), now);
        changed.put(event.subject(), now);
        fresh.add(received);
      } else if (fillsGap(topic, event)) {
        fresh.add(received);
      }
    }
    save(topic, before, changed);
    return fresh;
  }

  private static <E> void checkBelievable(Received<EventEnvelope<E>> received, Applied last) {
    EventEnvelope<E> event = received.value();
    long expected = event.epoch() == last.epoch() ? last.sequence() : 0;
    if (event.epoch() - last.epoch() > MAX_BELIEVED_GAP
        || event.sequence() - expected > MAX_BELIEVED_GAP) {
      throw new RefusedRecordException(
          received,
          "number %d of epoch %d after %d of epoch %d"
              .formatted(event.sequence(), event.epoch(), last.sequence(), last.epoch()));
    }
  }

  private <E> boolean follows(String topic, EventEnvelope<E> event, Applied last) {
    if (event.epoch() < last.epoch()
        || (event.epoch() == last.epoch() && event.sequence() <= last.sequence())) {
      return false;
    }
    long expected = event.epoch() == last.epoch() ? last.sequence() + 1 : 1;
    if (event.sequence() > expected) {
      reportGap(topic, event, expected);
    }
    return true;
  }

  private <E> void reportGap(String topic, EventEnvelope<E> event, long expected) {
    gaps.increment();
    log.error(
        "Account {} lacks events {} to {} of epoch {} on {}",
        event.subject(),
        expected,
        event.sequence() - 1,
        event.epoch(),
        topic);
    jdbc.sql(REMEMBER_GAP)
        .param("topic", topic)
        .param("account", event.subject())
        .param("epoch", event.epoch())
        .param("from", Math.max(expected, event.sequence() - MAX_REMEMBERED_GAP))
        .param("to", event.sequence() - 1)
        .update();
  }

  private <E> boolean fillsGap(String topic, EventEnvelope<E> event) {
    return jdbc.sql(FILL_GAP)
            .param("topic", topic)
            .param("account", event.subject())
            .param("epoch", event.epoch())
            .param("sequence", event.sequence())
            .update()
        == 1;
  }

  private <E> Map<String, Applied> load(String topic, List<Received<EventEnvelope<E>>> events) {
    String[] accounts =
        events.stream().map(e -> e.value().subject()).distinct().toArray(String[]::new);
    Map<String, Applied> known = new HashMap<>();
    jdbc.sql(LOAD)
        .param("topic", topic)
        .param("accounts", accounts)
        .query(
            rs -> {
              known.put(
                  rs.getString("account"),
                  new Applied(rs.getLong("epoch"), rs.getLong("sequence")));
            });
    return known;
  }

  /** Rows are read unlocked, so each is changed only from what was read of it. */
  private void save(String topic, Map<String, Applied> before, Map<String, Applied> changed) {
    List<String> first = changed.keySet().stream().filter(a -> !before.containsKey(a)).toList();
    List<String> later = changed.keySet().stream().filter(before::containsKey).toList();
    int saved = 0;
    if (!first.isEmpty()) {
      saved += write(ADD, topic, first, changed).update();
    }
    if (!later.isEmpty()) {
      saved +=
          write(ADVANCE, topic, later, changed)
              .param("epochsBefore", numbers(later, before, Applied::epoch))
              .param("sequencesBefore", numbers(later, before, Applied::sequence))
              .update();
    }
    if (saved != changed.size()) {
      throw new OptimisticLockingFailureException(
          "sequence numbers of %s were changed concurrently".formatted(topic));
    }
  }

  private JdbcClient.StatementSpec write(
      String statement, String topic, List<String> accounts, Map<String, Applied> applied) {
    return jdbc.sql(statement)
        .param("topic", topic)
        .param("accounts", accounts.toArray(String[]::new))
        .param("epochs", numbers(accounts, applied, Applied::epoch))
        .param("sequences", numbers(accounts, applied, Applied::sequence));
  }

  private static Long[] numbers(
      List<String> accounts, Map<String, Applied> applied, ToLongFunction<Applied> number) {
    return accounts.stream()
        .map(account -> number.applyAsLong(applied.getOrDefault(account, Applied.NONE)))
        .toArray(Long[]::new);
  }
}
