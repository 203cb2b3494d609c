package io.tollgate.billing.account;

import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.usage.LateMonths;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.store.jdbc.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Stores the instances of accounts, for fees that accrue without usage. If a fact arrives too late
 * for a billed cycle, its month is rated again.
 */
@Component
class KnownInstances {
  private static final String SAVE =
      """
      insert into instance (instance_id, account_id, product_id, mode, registered_at, ended_at)
      values (:instance, :account, :product, :mode, :registered, :ended)
      on conflict (instance_id)
      do update set product_id = excluded.product_id, mode = excluded.mode,
                    registered_at = excluded.registered_at, ended_at = excluded.ended_at
      """;
  private final JdbcClient jdbc;
  private final Ledger ledger;
  private final LateMonths late;

  KnownInstances(JdbcClient jdbc, Ledger ledger, LateMonths late) {
    this.jdbc = jdbc;
    this.ledger = ledger;
    this.late = late;
  }

  /** Takes the newest states of instances, in the order of the log. */
  void take(List<InstanceRecord> instances) {
    ledger.hold(instances.stream().map(InstanceRecord::account).toList());
    instances.forEach(this::save);
  }

  private void save(InstanceRecord instance) {
    InstanceFacts facts = InstanceFacts.of(instance);
    Optional<InstanceFacts> known = known(instance.instance());
    if (known.filter(facts::equals).isPresent()) {
      return;
    }
    jdbc.sql(SAVE)
        .param("instance", instance.instance().value())
        .param("account", instance.account().value())
        .param("product", instance.product().value())
        .param("mode", instance.mode().name())
        .param("registered", Timestamp.from(instance.registeredAt()))
        .param("ended", instance.endedAt().map(Timestamp::from).orElse(null))
        .update();
    Instant since = known.flatMap(facts::differSince).orElse(facts.registered());
    late.factChanged(instance.account(), facts.product(), since);
    known
        .map(InstanceFacts::product)
        .filter(product -> !product.equals(facts.product()))
        .ifPresent(product -> late.factChanged(instance.account(), product, since));
  }

  /** What was known of an instance; its account is locked. */
  private Optional<InstanceFacts> known(InstanceId instance) {
    return jdbc.sql(
            """
            select product_id, mode, registered_at, ended_at from instance
             where instance_id = :instance
            """)
        .param("instance", instance.value())
        .query(
            (row, n) ->
                new InstanceFacts(
                    ProductId.of(row.getString("product_id")),
                    InstanceRecord.BillingMode.valueOf(row.getString("mode")),
                    Columns.instant(row, "registered_at"),
                    Columns.optionalInstant(row, "ended_at")))
        .optional();
  }
}
