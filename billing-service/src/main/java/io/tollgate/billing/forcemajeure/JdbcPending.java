package io.tollgate.billing.forcemajeure;

import io.tollgate.billing.sweep.AccountShard;
import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.store.setaside.Selection;
import io.tollgate.support.messaging.KafkaSettings;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores which declarations are still to be applied to which accounts. */
@Repository
class JdbcPending {
  private final JdbcClient jdbc;
  private final int partitions;

  JdbcPending(JdbcClient jdbc, KafkaSettings kafka) {
    this.jdbc = jdbc;
    this.partitions = kafka.partitions();
  }

  /** A declaration that is to be applied to an account. */
  record Pending(String declaration, AccountId account) {}

  /** Adds accounts of a declaration; those that wait already are left as they are. */
  void add(String declaration, Collection<AccountId> accounts) {
    jdbc.sql(
            """
            insert into force_majeure_pending (declaration_id, account_id)
            select :id, unnest(:accounts::text[]) on conflict do nothing
            """)
        .param("id", declaration)
        .param("accounts", SqlArrays.texts(accounts, AccountId::value))
        .update();
  }

  /** What was declared by an instant and is still to be applied to accounts; not locked. */
  List<Pending> due(Instant upTo, AccountShard shard, int limit, Selection selection) {
    return jdbc.sql(
            """
            select p.declaration_id, p.account_id
              from force_majeure_pending p
              join force_majeure d on d.declaration_id = p.declaration_id
              join account a on a.account_id = p.account_id
             where coalesce(d.ended_at, d.declared_at) <= :upTo
               and a.partition = any(:partitions) and %s
             order by p.declaration_id, p.account_id limit :limit
            """
                .formatted(
                    selection.where(ForceMajeureSweep.WORK, "p.account_id", "p.declaration_id")))
        .param("upTo", Timestamp.from(upTo))
        .param("partitions", shard.partitions(partitions))
        .param("limit", limit)
        .query((row, n) -> new Pending(row.getString(1), AccountId.of(row.getString(2))))
        .list();
  }

  /**
   * Takes out what is going to be applied to locked accounts: read the declarations afterwards, as
   * one that changes from now on adds its accounts again.
   *
   * @return the accounts, by declaration; without those that somebody else has done meanwhile
   */
  Map<String, List<AccountId>> take(Collection<Pending> pending) {
    Map<String, List<AccountId>> taken = new TreeMap<>();
    jdbc.sql(
            """
            delete from force_majeure_pending p
             using unnest(:declarations::text[], :accounts::text[]) as t (declaration_id, account_id)
             where p.declaration_id = t.declaration_id and p.account_id = t.account_id
            returning p.declaration_id, p.account_id
            """)
        .param("declarations", SqlArrays.texts(pending, Pending::declaration))
        .param("accounts", SqlArrays.texts(pending, each -> each.account().value()))
        .query(
            row -> {
              taken
                  .computeIfAbsent(row.getString(1), declaration -> new ArrayList<>())
                  .add(AccountId.of(row.getString(2)));
            });
    return taken;
  }
}
