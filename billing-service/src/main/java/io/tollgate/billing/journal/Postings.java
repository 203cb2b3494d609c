package io.tollgate.billing.journal;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.model.AccountId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Shows what was booked; the account is part of every predicate. */
@Repository
public class Postings {
  private final JdbcClient jdbc;

  Postings(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A row of the ledger. */
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

  /** Which postings are looked for; what is empty does not narrow. */
  public record Filter(Optional<CauseKind> kind, Optional<String> id) {

    /** Of exactly one cause. */
    public static Filter of(Cause cause) {
      return new Filter(Optional.of(cause.kind()), Optional.of(cause.id()));
    }
  }

  /** Postings, the latest first, below an id. */
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
                    row.getTimestamp("value_time").toInstant(),
                    row.getTimestamp("booked_at").toInstant(),
                    row.getString("rule"),
                    row.getString("reason")))
        .list();
  }
}
