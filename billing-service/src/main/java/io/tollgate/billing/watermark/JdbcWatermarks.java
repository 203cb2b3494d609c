package io.tollgate.billing.watermark;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.Topics;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores the published watermarks, and the open transactions that may still book something earlier.
 */
@Repository
class JdbcWatermarks {

  /**
   * Who reads for longer than that without writing, as a backup or an audit does, books nothing:
   * requests and sweeps write at once.
   */
  private static final String OLDEST_WRITER =
      """
      select min(xact_start) from pg_stat_activity
       where datname = current_database() and usename = current_user
         and pid <> pg_backend_pid()
         and (backend_xid is not null or xact_start > clock_timestamp() - interval '30 seconds')
      """;

  private static final String TELL =
      """
      insert into told_watermark as told (partition, complete_to, epoch)
      values (:partition, :completeTo, :epoch)
      on conflict (partition) do update
         set complete_to = excluded.complete_to, epoch = excluded.epoch
       where (told.epoch, told.complete_to) < (excluded.epoch, excluded.complete_to)
      """;

  private static final String SET_ASIDE =
      """
      select account_id from account
       where partition = :partition
         and account_id in (select account_id from set_aside
                             union all
                            select account from parked_account)
       order by account_id limit :limit
      """;

  private final JdbcClient jdbc;
  private final Outbox outbox;

  JdbcWatermarks(JdbcClient jdbc, Outbox outbox) {
    this.jdbc = jdbc;
    this.outbox = outbox;
  }

  /** Up to when each partition is complete, as told in this epoch. */
  Map<Integer, Instant> told() {
    Map<Integer, Instant> told = new HashMap<>();
    jdbc.sql("select partition, complete_to from told_watermark join outbox_epoch using (epoch)")
        .query(
            row -> {
              told.put(row.getInt("partition"), Columns.instant(row, "complete_to"));
            });
    return told;
  }

  /** The database's machine time: compared with {@link #oldestWriter} only. */
  Instant databaseTime() {
    return jdbc.sql("select clock_timestamp()").query(Timestamp.class).single().toInstant();
  }

  /** Since when the oldest transaction runs that may write. */
  Optional<Instant> oldestWriter() {
    return jdbc.sql(OLDEST_WRITER).query(Timestamp.class).optional().map(Timestamp::toInstant);
  }

  /**
   * Accounts of a partition of which anything is set aside, or waits for its replay: one more than
   * a watermark can name, at most.
   */
  List<AccountId> setAside(int partition) {
    return jdbc.sql(SET_ASIDE)
        .param("partition", partition)
        .param("limit", BillingWatermark.MAX_SET_ASIDE + 1)
        .query((row, n) -> AccountId.of(row.getString(1)))
        .list();
  }

  /** Tells a partition's watermark behind everything committed so far, unless it was told. */
  void tell(int partition, Instant completeTo, List<AccountId> setAside) {
    long epoch = jdbc.sql("select epoch from outbox_epoch").query(Long.class).single();
    int advanced =
        jdbc.sql(TELL)
            .param("partition", partition)
            .param("completeTo", Timestamp.from(completeTo))
            .param("epoch", epoch)
            .update();
    if (advanced == 1) {
      outbox.append(
          message(partition, new BillingWatermark(completeTo, epoch, Optional.of(setAside))));
    }
  }

  private static OutboxMessage message(int partition, BillingWatermark watermark) {
    Instant at = watermark.completeTo();
    return new OutboxMessage(
        Topics.BILLING_EVENTS,
        Optional.empty(),
        Optional.empty(),
        Optional.of(partition),
        Map.of(),
        stamp ->
            BillingRecord.CODEC.encode(
                new EventEnvelope<BillingRecord>(
                    "watermark:" + partition + ":" + watermark.epoch() + ":" + at,
                    stamp.source(),
                    BillingRecord.CODEC.typeOf(watermark),
                    "partition-" + partition,
                    at,
                    0,
                    0,
                    Optional.empty(),
                    watermark)));
  }
}
