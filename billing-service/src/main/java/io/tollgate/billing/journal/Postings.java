package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads postings, to show them. Every query is bound to an account. */
@Repository
public class Postings {
  /**
   * Without what recomputations posted for the cause later, perhaps at the same instant: they have
   * another reason, because what is booked for the first time has none, or names its own cause.
   */
  private static final String FIRST_BOOKED =
      """
      select cause_kind, cause_id, sub_account, bill_id, currency, sum(amount) as amount
        from (select p.*, first_value(booked_at) over postings as first_booked_at,
                     first_value(reason) over postings as first_reason
                from posting p
                join unnest(:kinds::text[], :ids::text[]) as c (cause_kind, cause_id)
                     using (cause_kind, cause_id)
               where p.account_id = :account
              window postings as (partition by cause_kind, cause_id order by posting_id)) p
       where booked_at = first_booked_at and reason = first_reason
       group by cause_kind, cause_id, sub_account, bill_id, currency
      having sum(amount) <> 0
      """;

  private final JdbcClient jdbc;

  Postings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A posting as it is shown. */
  public record View(
      long posting,
      CauseKind causeKind,
      String causeId,
      String subAccount,
      Optional<String> bill,
      String contra,
      String amount,
      String currency,
      Instant valueTime,
      Instant bookedAt,
      String rule,
      String reason) {}

  /** A filter of postings; empty fields do not restrict. */
  public record Filter(Optional<CauseKind> kind, Optional<String> id) {

    /** The postings of one cause. */
    public static Filter of(Cause cause) {
      return new Filter(Optional.of(cause.kind()), Optional.of(cause.id()));
    }
  }

  /** How receipts were allocated when they were booked; those not booked are left out. */
  public Map<Cause, Allocation> allocations(AccountId account, List<Cause> receipts) {
    Map<Cause, List<Leg>> legs = new HashMap<>();
    jdbc.sql(FIRST_BOOKED)
        .param("account", account.value())
        .param("kinds", SqlArrays.texts(receipts, cause -> cause.kind().name()))
        .param("ids", SqlArrays.texts(receipts, Cause::id))
        .query(
            row -> {
              CauseKind kind = CauseKind.valueOf(row.getString("cause_kind"));
              legs.computeIfAbsent(
                      new Cause(kind, row.getString("cause_id")), cause -> new ArrayList<>())
                  .add(leg(row));
            });
    Map<Cause, Allocation> used = new HashMap<>();
    legs.forEach(
        (cause, own) -> used.put(cause, Allocation.of(own, own.getFirst().amount().currency())));
    return used;
  }

  private static Leg leg(ResultSet row) throws SQLException {
    return new Leg(
        SubAccount.valueOf(row.getString("sub_account")),
        Optional.ofNullable(row.getString("bill_id")).map(BillId::of),
        new Money(row.getBigDecimal("amount"), CurrencyCode.of(row.getString("currency"))));
  }

  /** Postings with an id below a bound, the latest first. */
  public List<View> list(AccountId account, Filter filter, long below, int limit) {
    return jdbc.sql(
            """
            select * from posting
             where account_id = :account and posting_id < :below
               and (:kind::text is null or cause_kind = :kind)
               and (:id::text is null or cause_id = :id)
             order by posting_id desc limit :limit
            """)
        .param("account", account.value())
        .param("below", below)
        .param("kind", filter.kind().map(CauseKind::name).orElse(null))
        .param("id", filter.id().orElse(null))
        .param("limit", limit)
        .query(
            (row, n) ->
                new View(
                    row.getLong("posting_id"),
                    CauseKind.valueOf(row.getString("cause_kind")),
                    row.getString("cause_id"),
                    row.getString("sub_account"),
                    Optional.ofNullable(row.getString("bill_id")),
                    row.getString("contra"),
                    row.getBigDecimal("amount").toPlainString(),
                    row.getString("currency"),
                    Columns.instant(row, "value_time"),
                    Columns.instant(row, "booked_at"),
                    row.getString("rule"),
                    row.getString("reason")))
        .list();
  }
}
