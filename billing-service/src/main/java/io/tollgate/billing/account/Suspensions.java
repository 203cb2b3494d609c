package io.tollgate.billing.account;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.usage.LateMonths;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.AccountEvent.InstanceStateChanged;
import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Stores when instances were suspended, because most products charge nothing for that time (section
 * 6). If a suspension becomes known after the bill, the month is rated again. A suspension that
 * ends and begins again at the same instant was never interrupted.
 *
 * <p>An instance that is released without having been resumed stays suspended until its end.
 */
@Repository
class Suspensions {
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final LateMonths late;

  Suspensions(JdbcClient jdbc, Ledger ledger, LateMonths late) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.late = late;
  }

  /**
   * Stores changes in their order.
   *
   * @param changes all of a batch
   */
  void take(List<InstanceStateChanged> changes) {
    if (!changes.isEmpty()) {
      ledger.hold(changes.stream().map(InstanceStateChanged::account).toList());
      changes.forEach(this::take);
    }
  }

  private void take(InstanceStateChanged change) {
    int changed =
        switch (change.to()) {
          case SUSPENDED -> begin(change);
          case ACTIVE, IN_ARREARS -> end(change);
          case RELEASING, RELEASED -> 0;
        };
    if (changed > 0) {
      late.factChanged(change.account(), change.product(), change.at());
    }
  }

  private int begin(InstanceStateChanged change) {
    return change.from() == InstanceState.SUSPENDED
        ? 0
        : ofInstance(
            """
            insert into suspension (account_id, instance_id, suspended_at)
            values (:account, :instance, :at)
            on conflict (account_id, instance_id, suspended_at) do update set resumed_at = null
             where suspension.resumed_at = suspension.suspended_at
            """,
            change);
  }

  private int end(InstanceStateChanged change) {
    return ofInstance(
        """
        update suspension set resumed_at = :at
         where account_id = :account and instance_id = :instance and resumed_at is null
           and suspended_at <= :at
        """,
        change);
  }

  private int ofInstance(String sql, InstanceStateChanged change) {
    return jdbc.sql(sql)
        .param("account", change.account().value())
        .param("instance", change.instance().value())
        .param("at", Timestamp.from(change.at()))
        .update();
  }
}
