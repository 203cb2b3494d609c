package io.tollgate.billing.forcemajeure;

import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.store.jdbc.SqlArrays;
import io.tollgate.support.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores declarations of force majeure, and how far the accounts of each have been queued. */
@Repository
class JdbcForceMajeure {
  private static final String COLUMNS =
      """
      select d.*, array(select a.account_id from force_majeure_account a
                         where a.declaration_id = d.declaration_id order by 1) as accounts,
             d.queued_after is null
               and not exists (select from force_majeure_pending p
                                where p.declaration_id = d.declaration_id) as applied
        from force_majeure d
      """;

  private final JdbcClient jdbc;

  JdbcForceMajeure(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those of the accounts that do not exist. */
  List<AccountId> unknown(Collection<AccountId> accounts) {
    Set<String> known =
        new HashSet<>(
            jdbc.sql("select account_id from account where account_id = any(:accounts)")
                .param("accounts", SqlArrays.texts(accounts, AccountId::value))
                .query(String.class)
                .list());
    return accounts.stream().filter(account -> !known.contains(account.value())).toList();
  }

  void insert(Declaration declared) {
    Rows.expectOne(
        jdbc.sql(
                """
                insert into force_majeure (declaration_id, from_at, to_at, of_all, reason,
                                           declared_by, declared_at, queued_after)
                values (:id, :from, :to, :all, :reason, :by, :at, '')
                """)
            .param("id", declared.declaration())
            .param("from", Timestamp.from(declared.from()))
            .param("to", Timestamp.from(declared.to()))
            .param("all", declared.allAccounts())
            .param("reason", declared.reason())
            .param("by", declared.declaredBy())
            .param("at", Timestamp.from(declared.declaredAt()))
            .update(),
        "declaration of force majeure");
    Rows.expect(
        declared.accounts().size(),
        jdbc.sql("insert into force_majeure_account select :id, unnest(:accounts::text[])")
            .param("id", declared.declaration())
            .param("accounts", SqlArrays.texts(declared.accounts(), AccountId::value))
            .update(),
        "accounts of a declaration");
  }

  Optional<Declaration> find(String declaration) {
    return jdbc.sql(COLUMNS + "where d.declaration_id = :id")
        .param("id", declaration)
        .query((row, n) -> read(row))
        .optional();
  }

  /** Locks one, to end it. */
  boolean lock(String declaration) {
    return jdbc.sql("select 1 from force_majeure where declaration_id = :id for update")
        .param("id", declaration)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** The latest first, before a cursor. */
  List<Declaration> list(Paging.Before before, int limit) {
    return jdbc.sql(
            COLUMNS
                + """
                where (d.declared_at, d.declaration_id) < (:time, :id)
                order by d.declared_at desc, d.declaration_id desc limit :limit
                """)
        .param("time", Timestamp.from(before.time()))
        .param("id", before.id())
        .param("limit", limit)
        .query((row, n) -> read(row))
        .list();
  }

  /** Ends one, and has it applied to all its accounts again. */
  void end(String declaration, Instant to, String who, Instant at) {
    Rows.expectOne(
        jdbc.sql(
                """
                update force_majeure
                   set to_at = :to, ended_by = :by, ended_at = :at, queued_after = ''
                 where declaration_id = :id
                """)
            .param("to", Timestamp.from(to))
            .param("by", who)
            .param("at", Timestamp.from(at))
            .param("id", declaration)
            .update(),
        "end of a force majeure");
  }

  /** Those for every account that have not ended by then. */
  List<Declaration> ofAll(Instant at) {
    return jdbc.sql(COLUMNS + "where d.of_all and d.to_at > :at order by d.declaration_id")
        .param("at", Timestamp.from(at))
        .query((row, n) -> read(row))
        .list();
  }

  /** Those declared by an instant of which not all accounts are queued yet. */
  List<String> unqueued(Instant upTo, int limit) {
    return jdbc.sql(
            """
            select declaration_id from force_majeure
             where queued_after is not null and coalesce(ended_at, declared_at) <= :upTo
             order by declaration_id limit :limit
            """)
        .param("upTo", Timestamp.from(upTo))
        .param("limit", limit)
        .query(String.class)
        .list();
  }

  /**
   * A declaration whose accounts are being queued.
   *
   * @param after the account up to which they are
   */
  record Queueing(Declaration declaration, String after) {}

  /** Locks one that nobody else queues. */
  Optional<Queueing> lockUnqueued(String declaration) {
    return jdbc.sql(
            COLUMNS
                + """
                where d.declaration_id = :id and d.queued_after is not null
                for update of d skip locked
                """)
        .param("id", declaration)
        .query((row, n) -> new Queueing(read(row), row.getString("queued_after")))
        .optional();
  }

  /** The next accounts that it concerns, in their order. */
  List<AccountId> next(Queueing queueing, int limit) {
    return jdbc.sql(
            queueing.declaration().allAccounts()
                ? "select account_id from account where account_id > :after and :id <> ''"
                    + " order by account_id limit :limit"
                : "select account_id from force_majeure_account where account_id > :after"
                    + " and declaration_id = :id order by account_id limit :limit")
        .param("id", queueing.declaration().declaration())
        .param("after", queueing.after())
        .param("limit", limit)
        .query((row, n) -> AccountId.of(row.getString(1)))
        .list();
  }

  /** Those of the accounts that have penalties of days from one to another, both included. */
  Set<AccountId> penalised(Collection<AccountId> accounts, LocalDate first, LocalDate last) {
    try (Stream<AccountId> found =
        jdbc
            .sql(
                """
                select distinct account_id from penalty_day
                 where account_id = any(:accounts) and day between :first and :last
                """)
            .param("accounts", SqlArrays.texts(accounts, AccountId::value))
            .param("first", first)
            .param("last", last)
            .query((row, n) -> AccountId.of(row.getString(1)))
            .stream()) {
      return Set.copyOf(found.toList());
    }
  }

  /** Remembers up to which account they are queued; empty when all are. */
  void queued(String declaration, Optional<AccountId> after) {
    Rows.expectOne(
        jdbc.sql("update force_majeure set queued_after = :after where declaration_id = :id")
            .param("after", after.map(AccountId::value).orElse(null))
            .param("id", declaration)
            .update(),
        "progress of a force majeure");
  }

  private static Declaration read(ResultSet row) throws SQLException {
    return new Declaration(
        row.getString("declaration_id"),
        Columns.instant(row, "from_at"),
        Columns.instant(row, "to_at"),
        row.getBoolean("of_all"),
        Stream.of((String[]) row.getArray("accounts").getArray()).map(AccountId::of).toList(),
        row.getString("reason"),
        row.getString("declared_by"),
        Columns.instant(row, "declared_at"),
        Optional.ofNullable(row.getString("ended_by")),
        Columns.optionalInstant(row, "ended_at"),
        row.getBoolean("applied"));
  }
}
