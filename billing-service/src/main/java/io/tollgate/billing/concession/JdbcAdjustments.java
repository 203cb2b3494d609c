package io.tollgate.billing.concession;

import io.tollgate.billing.journal.DocumentTable;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.AdjustmentId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.support.web.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores adjustments. */
@Repository
class JdbcAdjustments {
  private static final String INSERT =
      """
      insert into adjustment (account_id, adjustment_id, kind, amount, currency, rule, reason,
                              takes_back, needs_approval, state, requested_by, requested_at)
      values (:account, :id, :kind, :amount, :currency, :rule, :reason, :takesBack, :needsApproval,
              'PENDING', :by, :at)
      """;
  private static final List<String> KEY = List.of("account_id", "adjustment_id");

  private final JdbcClient jdbc;
  private final DocumentTable<Adjustment> table;

  JdbcAdjustments(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.table =
        new DocumentTable<>(jdbc, "adjustment", KEY, "requested_at", (row, n) -> read(row));
  }

  void insert(Adjustment entered) {
    Rows.expectOne(
        jdbc.sql(INSERT)
            .param("account", entered.account().value())
            .param("id", entered.adjustment().value())
            .param("kind", entered.kind().name())
            .param("amount", entered.amount().amount())
            .param("currency", entered.amount().currency().value())
            .param("rule", entered.rule().value())
            .param("reason", entered.reason())
            .param("takesBack", entered.takesBack().map(AdjustmentId::value).orElse(null))
            .param("needsApproval", entered.needsApproval())
            .param("by", entered.requestedBy())
            .param("at", Timestamp.from(entered.requestedAt()))
            .update(),
        "entered adjustment");
  }

  Optional<Adjustment> find(AccountId account, AdjustmentId adjustment) {
    return table.find(key(account, adjustment));
  }

  private static List<String> key(AccountId account, AdjustmentId adjustment) {
    return List.of(account.value(), adjustment.value());
  }

  /** Whether it is taken back, or may yet be. */
  boolean isTakenBack(AccountId account, AdjustmentId adjustment) {
    return jdbc.sql(
            """
            select exists (select 1 from adjustment
                            where account_id = :account and takes_back = :id
                              and state <> 'REJECTED')
            """)
        .param("account", account.value())
        .param("id", adjustment.value())
        .query(Boolean.class)
        .single();
  }

  /** An account's, the latest first, before a cursor. */
  List<Adjustment> of(AccountId account, Paging.Before before, int limit) {
    return table.of(account, before, limit);
  }

  /** Those of all accounts that wait for a second person, after a cursor. */
  List<Adjustment> waiting(String afterAccount, String afterId, int limit) {
    return jdbc.sql(
            """
            select * from adjustment
             where state = 'PENDING' and (account_id, adjustment_id) > (:account, :id)
             order by account_id, adjustment_id limit :limit
            """)
        .param("account", afterAccount)
        .param("id", afterId)
        .param("limit", limit)
        .query((row, n) -> read(row))
        .list();
  }

  /** It is booked; by whose approval, if it needed one. */
  void markBooked(Adjustment adjustment, Optional<String> by, Instant at) {
    Map<String, Object> changed = new HashMap<>(Map.of("booked_at", at));
    by.ifPresent(who -> changed.putAll(Map.of("decided_by", who, "decided_at", at)));
    move(adjustment, DocumentState.BOOKED, changed);
  }

  void markRejected(Adjustment adjustment, String by, String why, Instant at) {
    move(
        adjustment,
        DocumentState.REJECTED,
        Map.of("decided_by", by, "decided_at", at, "rejection", why));
  }

  private void move(Adjustment adjustment, DocumentState to, Map<String, Object> changed) {
    table.move(key(adjustment.account(), adjustment.adjustment()), to, changed);
  }

  private static Adjustment read(ResultSet row) throws SQLException {
    return new Adjustment(
        AdjustmentId.of(row.getString("adjustment_id")),
        AccountId.of(row.getString("account_id")),
        Adjustment.Kind.valueOf(row.getString("kind")),
        new Money(row.getBigDecimal("amount"), CurrencyCode.of(row.getString("currency"))),
        RuleId.of(row.getString("rule")),
        row.getString("reason"),
        Optional.ofNullable(row.getString("takes_back")).map(AdjustmentId::of),
        row.getBoolean("needs_approval"),
        DocumentState.valueOf(row.getString("state")),
        row.getString("requested_by"),
        Columns.instant(row, "requested_at"),
        Optional.ofNullable(row.getString("decided_by")),
        Columns.optionalInstant(row, "decided_at"),
        Optional.ofNullable(row.getString("rejection")),
        Columns.optionalInstant(row, "booked_at"));
  }
}
