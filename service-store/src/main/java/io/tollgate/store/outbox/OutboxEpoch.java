package io.tollgate.store.outbox;

import io.tollgate.store.jdbc.Transactions;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Knows whether the database is the one it was, and starts a new epoch of sequence numbers.
 *
 * <p>A restored database has forgotten numbers it already used, and Kafka has not. It is known by
 * another system identifier (restored from a dump) or another timeline (recovered from a backup, or
 * promoted). A service does not start on such a one: first what lies in Kafka must be judged (see
 * the package {@code recovery}), which ends with a new epoch.
 */
public final class OutboxEpoch {

  /** Of the log that is written now: the control file tells it only from the next checkpoint on. */
  private static final String TIMELINE =
      "('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::bigint";

  private static final String CREATE =
      """
      insert into outbox_epoch (epoch, system_identifier, timeline)
      select 1, system_identifier::text, %s from pg_control_system()
      on conflict (only_row) do nothing
      """
          .formatted(TIMELINE);

  private static final String IS_ANOTHER =
      """
      select count(*) from outbox_epoch e, pg_control_system() s
       where e.system_identifier <> s.system_identifier::text or e.timeline <> %s
      """
          .formatted(TIMELINE);

  private static final String BEGIN =
      """
      update outbox_epoch e
         set epoch = :epoch, system_identifier = s.system_identifier::text, timeline = %s
        from pg_control_system() s
       where e.epoch < :epoch
      """
          .formatted(TIMELINE);

  private final Transactions transactions;
  private final JdbcClient jdbc;

  /** The epoch of one service's database. */
  public OutboxEpoch(Transactions transactions, JdbcClient jdbc) {
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  /** Whether the database was restored or promoted since its epoch began. */
  public boolean isRestored() {
    return jdbc.sql(IS_ANOTHER).query(Long.class).single() > 0;
  }

  /** The epoch that events are numbered in; 0 when no service ever started on the database. */
  public long current() {
    return jdbc.sql("select epoch from outbox_epoch").query(Long.class).optional().orElse(0L);
  }

  /**
   * Begins the first epoch of a new database.
   *
   * @throws IllegalStateException when the database was restored and nothing was judged yet
   */
  void ensure() {
    transactions.execute(() -> jdbc.sql(CREATE).update());
    if (isRestored()) {
      throw new IllegalStateException(
          "the database was restored or promoted, and Kafka was not: run 'tollgate recover' before"
              + " any service (docs/recovery.md)");
    }
  }

  /**
   * Begins a later epoch of this database as it is now: every account's numbers start again at 1,
   * and what is published is counted anew.
   *
   * @param epoch one that was never used, also not by a history that is forgotten
   */
  public void begin(long epoch) {
    transactions.execute(
        () -> {
          if (jdbc.sql(BEGIN).param("epoch", epoch).update() != 1) {
            throw new IllegalArgumentException("epoch " + epoch + " lies behind");
          }
          jdbc.sql("delete from outbox_sequence").update();
          jdbc.sql("delete from outbox_published").update();
          jdbc.sql("update outbox set counted = false where counted").update();
        });
  }
}
