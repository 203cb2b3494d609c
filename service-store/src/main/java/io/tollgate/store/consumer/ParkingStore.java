package io.tollgate.store.consumer;

import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.time.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables of parked accounts and of their queued records.
 *
 * <p>A batch reads the parked accounts it meets FOR SHARE, and a replay locks its account FOR
 * UPDATE: so no record can be queued after a replay has emptied the queue.
 */
final class ParkingStore {

  private static final String PARKED_AMONG =
      """
      select account from parked_account
       where consumer = :consumer and account = any(:accounts)
       order by account
         for share
      """;

  private static final String PARK =
      """
      insert into parked_account as p (consumer, account, cause, parked_at)
      values (:consumer, :account, :cause, :at)
      on conflict (consumer, account) do update
         set cause = excluded.cause, attempts = p.attempts + 1,
             next_try_at = clock_timestamp()
                           + least(interval '1 hour',
                                   interval '1 minute' * power(2, least(p.attempts, 10)))
      """;

  private static final String SET_ASIDE =
      """
      insert into parked_record (consumer, account, topic, partition, record_offset, appended_at,
                                 record_key, payload)
      values (:consumer, :account, :topic, :partition, :offset, :at, :key, :payload)
      on conflict do nothing
      """;

  private static final String OLDEST =
      """
      select topic, partition, record_offset, appended_at, record_key, payload from parked_record
       where consumer = :consumer and account = :account
       order by topic, partition, record_offset limit :limit
      """;

  private static final String REMOVE =
      """
      delete from parked_record
       where consumer = :consumer and account = :account and topic = :topic
         and partition = :partition and record_offset = :offset
      """;

  private final JdbcClient jdbc;
  private final BusinessClock clock;

  ParkingStore(JdbcClient jdbc, BusinessClock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  Set<String> parkedAmong(String consumer, Collection<String> accounts) {
    return new HashSet<>(
        jdbc.sql(PARKED_AMONG)
            .param("consumer", consumer)
            .param("accounts", accounts.toArray(String[]::new))
            .query(String.class)
            .list());
  }

  void park(String consumer, String account, String cause) {
    jdbc.sql(PARK)
        .param("consumer", consumer)
        .param("account", account)
        .param("cause", cause)
        .param("at", Timestamp.from(clock.now()))
        .update();
  }

  void setAside(String consumer, String account, ConsumerRecord<String, byte[]> record) {
    String key = record.key();
    jdbc.sql(SET_ASIDE)
        .param("consumer", consumer)
        .param("account", account)
        .param("topic", record.topic())
        .param("partition", record.partition())
        .param("offset", record.offset())
        .param("at", Timestamp.from(Instant.ofEpochMilli(Math.max(0, record.timestamp()))))
        .param("key", key == null ? null : key.getBytes(StandardCharsets.UTF_8))
        .param("payload", record.value())
        .update();
  }

  /** Locks a parked account for its replay; false when it is not parked (any more). */
  boolean lock(String consumer, String account) {
    return jdbc.sql("select 1 from parked_account where consumer = ? and account = ? for update")
        .params(consumer, account)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  List<ConsumerRecord<String, byte[]>> oldest(String consumer, String account, int limit) {
    return jdbc.sql(OLDEST)
        .param("consumer", consumer)
        .param("account", account)
        .param("limit", limit)
        .query(
            (rs, row) -> {
              byte[] key = rs.getBytes("record_key");
              return new ConsumerRecord<String, byte[]>(
                  rs.getString("topic"),
                  rs.getInt("partition"),
                  rs.getLong("record_offset"),
                  rs.getTimestamp("appended_at").getTime(),
                  TimestampType.LOG_APPEND_TIME,
                  ConsumerRecord.NULL_SIZE,
                  ConsumerRecord.NULL_SIZE,
                  key == null ? null : new String(key, StandardCharsets.UTF_8),
                  rs.getBytes("payload"),
                  new RecordHeaders(),
                  Optional.empty());
            })
        .list();
  }

  void remove(String consumer, String account, ConsumerRecord<String, byte[]> record) {
    jdbc.sql(REMOVE)
        .param("consumer", consumer)
        .param("account", account)
        .param("topic", record.topic())
        .param("partition", record.partition())
        .param("offset", record.offset())
        .update();
  }

  void unpark(String consumer, String account) {
    jdbc.sql("delete from parked_account where consumer = ? and account = ?")
        .params(consumer, account)
        .update();
  }

  List<ParkedAccount> list(String afterAccount, int limit) {
    return jdbc.sql(
            """
            select p.account, p.consumer, p.cause, p.parked_at, p.attempts,
                   (select count(*) from parked_record r
                     where r.consumer = p.consumer and r.account = p.account) as waiting
              from parked_account p
             where (p.account || ' ' || p.consumer) collate "C" > :after
             order by (p.account || ' ' || p.consumer) collate "C" limit :limit
            """)
        .param("after", afterAccount)
        .param("limit", limit)
        .query(
            (rs, row) ->
                new ParkedAccount(
                    rs.getString("account"),
                    rs.getString("consumer"),
                    rs.getString("cause"),
                    Columns.instant(rs, "parked_at"),
                    rs.getInt("attempts"),
                    rs.getLong("waiting")))
        .list();
  }

  List<String> toTry(int limit) {
    return jdbc.sql(
            """
            select distinct account from parked_account where next_try_at <= clock_timestamp()
             order by account limit :limit
            """)
        .param("limit", limit)
        .query(String.class)
        .list();
  }

  int tryAgain(Optional<String> account, Optional<String> work) {
    return jdbc.sql(
            """
            update parked_account set next_try_at = clock_timestamp()
             where (:account::text is null or account = :account)
               and (:work::text is null or 'consumer ' || consumer = :work)
            """)
        .param("account", account.orElse(null))
        .param("work", work.orElse(null))
        .update();
  }

  List<String> consumersOf(String account) {
    return jdbc.sql("select consumer from parked_account where account = ? order by consumer")
        .param(account)
        .query(String.class)
        .list();
  }
}
