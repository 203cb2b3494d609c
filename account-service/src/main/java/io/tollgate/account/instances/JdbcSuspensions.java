package io.tollgate.account.instances;

import io.tollgate.account.lifecycle.InstanceKey;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.InstanceRecord.Suspension;
import io.tollgate.store.jdbc.Columns;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores when instances were suspended, so that metering can count their usage in that time
 * separately (C2.3). Written under the account's lock.
 *
 * <p>A suspension that ends and begins again at the same instant was never interrupted; one that
 * begins and ends at the same instant covers nothing.
 */
@Repository
class JdbcSuspensions {

  /** Longer than any metering accepts late usage. */
  private static final Duration MATTERS = Duration.ofDays(60);

  /** What is published stays small however often an instance is suspended. */
  private static final int MOST = 50;

  private final JdbcClient jdbc;

  JdbcSuspensions(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Notes a change of state.
   *
   * @return whether a suspension began or ended with it
   */
  boolean note(InstanceKey key, InstanceState before, InstanceState after, Instant at) {
    if (before == after) {
      return false;
    }
    return switch (after) {
      case SUSPENDED -> begin(key, at) > 0;
      case ACTIVE, IN_ARREARS -> before == InstanceState.SUSPENDED && end(key, at) > 0;
      case RELEASING, RELEASED -> false;
    };
  }

  private int begin(InstanceKey key, Instant at) {
    return update(
        """
        insert into instance_suspension (account, instance, suspended_at)
        values (:account, :instance, :at)
        on conflict (account, instance, suspended_at) do update set resumed_at = null
        """,
        key,
        at);
  }

  private int end(InstanceKey key, Instant at) {
    return update(
        """
        update instance_suspension set resumed_at = :at
         where account = :account and instance = :instance and resumed_at is null
        """,
        key,
        at);
  }

  private int update(String sql, InstanceKey key, Instant at) {
    return jdbc.sql(sql)
        .param("account", key.account().value())
        .param("instance", key.instance().value())
        .param("at", Timestamp.from(at))
        .update();
  }

  /** The suspensions of an instance that usage may still fall into, the earliest first. */
  List<Suspension> of(InstanceKey key, Instant now) {
    return jdbc.sql(
            """
            select suspended_at, resumed_at
              from instance_suspension
             where account = :account and instance = :instance
               and (resumed_at is null or resumed_at > suspended_at and resumed_at > :since)
             order by suspended_at desc limit :most
            """)
        .param("account", key.account().value())
        .param("instance", key.instance().value())
        .param("since", Timestamp.from(now.minus(MATTERS)))
        .param("most", MOST)
        .query(
            (row, n) ->
                new Suspension(
                    Columns.instant(row, "suspended_at"),
                    Columns.optionalInstant(row, "resumed_at")))
        .list()
        .reversed();
  }
}
