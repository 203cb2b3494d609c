package io.tollgate.billing.journal;

import io.tollgate.billing.money.Checkpoint;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.store.jdbc.SqlArrays;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the past of accounts that have to be recomputed, which is rare. */
@Repository
class JdbcPast implements Pasts {
  private static final String MOVEMENTS =
      """
      select m.account_id, m.cause_kind, m.cause_id, m.kind, m.sequence, m.value_time, m.bill_id,
             m.due_at, m.rule, m.allocation, m.uncovered,
             m.amount + case when m.kind = 'CHARGE' then b.corrected else 0 end as amount
        from movement m left join bill b using (account_id, bill_id)
       where m.account_id = any(:accounts) and m.sequence > :after
       order by m.account_id, m.sequence
      """;
  private static final String POSTED =
      """
      select account_id, cause_kind, cause_id, sub_account, bill_id, sum(amount) as amount,
             min(rule) as rule, min(value_time) as value_time
        from posting where account_id = any(:accounts)
       group by account_id, cause_kind, cause_id, sub_account, bill_id
      """;
  private static final String POSTED_AFTER =
      """
      select p.account_id, p.cause_kind, p.cause_id, p.sub_account, p.bill_id,
             sum(p.amount) as amount, min(p.rule) as rule, min(p.value_time) as value_time
        from movement m
        join posting p on p.account_id = m.account_id and p.cause_kind = m.cause_kind
                          and p.cause_id = m.cause_id
       where m.account_id = any(:accounts) and m.sequence > :after
       group by p.account_id, p.cause_kind, p.cause_id, p.sub_account, p.bill_id
      """;

  /**
   * Of every bill, as a recomputation replaces them: also of one that was paid at the checkpoint
   * and that a reversal has made unpaid since.
   */
  private static final String PENALTIES_AFTER =
      """
      select account_id, bill_id, day, principal, amount from penalty_day
       where account_id = any(:accounts) and day >= :day
      """;

  private static final String BILLS =
      """
      select account_id, bill_id, kind, product_id, period_start, booked_at,
             amount + corrected as remaining
        from bill where account_id = any(:accounts) and kind <> 'CORRECTION'
      """;
  private static final String FIRST_CORRECTED =
      """
      select min(m.sequence)
        from unnest(:products::text[], :starts::text[]::timestamptz[])
          as c (product_id, period_start)
        join bill b on b.account_id = :account and b.product_id = c.product_id
                       and b.period_start = c.period_start
        join movement m on m.account_id = b.account_id and m.cause_kind = 'BILL'
                           and m.cause_id = b.bill_id
       where b.kind <> 'CORRECTION'
      """;

  private final JdbcClient jdbc;
  private final JdbcCheckpoints checkpoints;
  private final BillingCalendar calendar;

  JdbcPast(JdbcClient jdbc, JdbcCheckpoints checkpoints, BillingCalendar calendar) {
    this.jdbc = jdbc;
    this.checkpoints = checkpoints;
    this.calendar = calendar;
  }

  @Override
  public Past of(AccountId account, CurrencyCode currency, Reach reach) {
    Checkpoint from =
        checkpoints.latest(account, currency, reach.before(firstCorrected(account, reach)));
    return from.isBeginning()
        ? ofAll(Map.of(account, currency)).values().iterator().next()
        : after(from, account, currency);
  }

  /** The number of the first bill that the corrections may take something off. */
  private long firstCorrected(AccountId account, Reach reach) {
    List<Bill> bills = reach.corrected();
    if (bills.isEmpty()) {
      return Long.MAX_VALUE;
    }
    return jdbc.sql(FIRST_CORRECTED)
        .param("account", account.value())
        .param("products", SqlArrays.texts(bills, b -> b.product().value()))
        .param("starts", SqlArrays.texts(bills, b -> b.period().start().toString()))
        .query(Long.class)
        .optional()
        .orElse(Long.MAX_VALUE);
  }

  private Past after(Checkpoint from, AccountId account, CurrencyCode currency) {
    PastDraft draft = new PastDraft(currency, from);
    Map<String, PastDraft> drafts = Map.of(account.value(), draft);
    read(query(MOVEMENTS, drafts).param("after", from.sequence()), drafts, PastDraft::movement);
    read(query(POSTED_AFTER, drafts).param("after", from.sequence()), drafts, PastDraft::posted);
    read(
        query(PENALTIES_AFTER, drafts).param("day", calendar.dateOf(from.accruedTo())),
        drafts,
        (each, row) -> each.penalty(row, calendar));
    @Nullable String[] named = SqlArrays.texts(draft.named(), BillId::value);
    read(
        query(BILLS + " and bill_id = any(:bills)", drafts).param("bills", named),
        drafts,
        PastDraft::bill);
    return draft.past();
  }

  /**
   * The whole pasts of accounts that are locked, or read in a snapshot.
   *
   * @param accounts the accounts with their currencies
   */
  Map<AccountId, Past> ofAll(Map<AccountId, CurrencyCode> accounts) {
    Map<String, PastDraft> drafts = new HashMap<>();
    accounts.forEach(
        (account, currency) ->
            drafts.put(account.value(), new PastDraft(currency, Checkpoint.beginning(currency))));
    read(query(POSTED, drafts), drafts, PastDraft::posted);
    read(query(MOVEMENTS, drafts).param("after", 0L), drafts, PastDraft::movement);
    read(query(BILLS, drafts), drafts, PastDraft::bill);
    Map<AccountId, Past> pasts = new HashMap<>();
    drafts.forEach((account, draft) -> pasts.put(AccountId.of(account), draft.past()));
    return pasts;
  }

  private interface Taking {
    void take(PastDraft draft, ResultSet row) throws SQLException;
  }

  private JdbcClient.StatementSpec query(String sql, Map<String, PastDraft> drafts) {
    return jdbc.sql(sql).param("accounts", drafts.keySet().toArray(String[]::new));
  }

  private static void read(
      JdbcClient.StatementSpec query, Map<String, PastDraft> drafts, Taking taking) {
    query.query(
        row -> {
          PastDraft draft = drafts.get(row.getString("account_id"));
          if (draft != null) {
            taking.take(draft, row);
          }
        });
  }
}
