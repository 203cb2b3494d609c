package io.tollgate.support.outbox;

import io.tollgate.support.jdbc.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Starts a new epoch of sequence numbers when the database is not the one it was.
 *
 * <p>A restored database has forgotten numbers it already used. It is known by another system
 * identifier (restored from a dump) or another timeline (recovered from a backup, or promoted):
 * then the epoch is raised, every account's sequence starts again at 1, and what was published is
 * counted anew.
 */
final class OutboxEpoch {

  private static final Logger log = LoggerFactory.getLogger(OutboxEpoch.class);

  private static final String CREATE =
      """
      insert into outbox_epoch (epoch, system_identifier, timeline)
      select 1, system_identifier::text, (select timeline_id from pg_control_checkpoint())
        from pg_control_system()
      on conflict (only_row) do nothing
      """;

  private static final String RAISE =
      """
      update outbox_epoch e
         set epoch = e.epoch + 1, system_identifier = s.system_identifier::text,
             timeline = c.timeline_id
        from pg_control_system() s, pg_control_checkpoint() c
       where e.system_identifier <> s.system_identifier::text or e.timeline <> c.timeline_id
      """;

  private final Transactions transactions;
  private final JdbcClient jdbc;

  OutboxEpoch(Transactions transactions, JdbcClient jdbc) {
    this.transactions = transactions;
    this.jdbc = jdbc;
  }

  void ensure() {
    transactions.execute(
        () -> {
          jdbc.sql(CREATE).update();
          if (jdbc.sql(RAISE).update() > 0) {
            jdbc.sql("delete from outbox_sequence").update();
            jdbc.sql("delete from outbox_published").update();
            jdbc.sql("update outbox set counted = false where counted").update();
            log.warn("The database was restored or promoted: a new epoch of events begins");
          }
        });
  }
}
