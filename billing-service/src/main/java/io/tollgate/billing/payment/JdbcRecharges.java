package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Allocation;
import io.tollgate.billing.journal.DocumentTable;
import io.tollgate.billing.journal.Postings;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.support.web.Paging;
import io.tollgate.support.web.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Stores recharges. */
@Repository
class JdbcRecharges {
  private static final String INSERT =
      """
      insert into recharge (recharge_id, account_id, entered_for, channel, transaction_no, amount,
                            currency, paid_at, payee, state, received_at)
      values (:id, :account, :enteredFor, :channel, :transaction, :amount, :currency, :paidAt,
              :payee, :state, :at)
      on conflict do nothing
      """;
  private final JdbcClient jdbc;
  private final Postings postings;
  private final DocumentTable<Recharge> table;

  JdbcRecharges(JdbcClient jdbc, Postings postings) {
    this.jdbc = jdbc;
    this.postings = postings;
    this.table =
        new DocumentTable<>(
            jdbc, "recharge", List.of("recharge_id"), "paid_at", (row, n) -> read(row));
  }

  /**
   * Stores a new one; one that exists stays as it is.
   *
   * @return whether it is new
   */
  boolean insert(Recharge recharge, Instant at) {
    return jdbc.sql(INSERT)
            .param("id", recharge.recharge().value())
            .param("account", recharge.account().map(AccountId::value).orElse(null))
            .param("enteredFor", recharge.enteredFor().map(AccountId::value).orElse(null))
            .param("channel", recharge.channel().name())
            .param("transaction", recharge.transaction())
            .param("amount", recharge.amount().amount())
            .param("currency", recharge.amount().currency().value())
            .param("paidAt", Timestamp.from(recharge.paidAt()))
            .param("payee", recharge.payee().orElse(null))
            .param("state", recharge.state().name())
            .param("at", Timestamp.from(at))
            .update()
        == 1;
  }

  /** Locks and reads one: whoever decides about it waits for whoever does already. */
  Optional<Recharge> lock(RechargeId recharge) {
    return table.lock(key(recharge)).map(this::withAllocation);
  }

  Optional<Recharge> find(RechargeId recharge) {
    return table.find(key(recharge)).map(this::withAllocation);
  }

  private static List<String> key(RechargeId recharge) {
    return List.of(recharge.value());
  }

  /** The recharge of a channel that was taken back under a number. */
  Optional<RechargeId> reversedBy(Channel channel, String number) {
    return jdbc.sql(
            "select recharge_id from recharge where channel = :channel and reversal_no = :number")
        .param("channel", channel.name())
        .param("number", number)
        .query((row, n) -> RechargeId.of(row.getString(1)))
        .optional();
  }

  /** Under which number a recharge was taken back, if it was. */
  Optional<String> reversalOf(RechargeId recharge) {
    return text(
        "select reversal_no from recharge where recharge_id = :id and reversal_no is not null",
        recharge);
  }

  /** Why a remittance was rejected, if it was. */
  Optional<String> rejectionOf(RechargeId recharge) {
    return text(
        "select rejection from recharge where recharge_id = :id and rejection is not null",
        recharge);
  }

  private Optional<String> text(String sql, RechargeId recharge) {
    return jdbc.sql(sql).param("id", recharge.value()).query(String.class).optional();
  }

  /** A remittance turns out to be an account's. */
  void assign(RechargeId recharge, AccountId account) {
    table.move(key(recharge), DocumentState.PENDING, Map.of("account_id", account.value()));
  }

  void markRejected(RechargeId recharge, String reason, Instant at) {
    table.move(
        key(recharge), DocumentState.REJECTED, Map.of("rejection", reason, "rejected_at", at));
  }

  void markBooked(RechargeId recharge, Instant valueTime, Instant bookedAt) {
    table.move(
        key(recharge),
        DocumentState.BOOKED,
        Map.of("value_time", valueTime, "booked_at", bookedAt));
  }

  void markReversed(RechargeId recharge, String number, Instant at) {
    table.move(
        key(recharge), DocumentState.REVERSED, Map.of("reversal_no", number, "reversed_at", at));
  }

  /** An account's recharges, the latest first, before a cursor. */
  List<Recharge> of(AccountId account, Paging.Before before, int limit) {
    return withAllocations(account, table.of(account, before, limit));
  }

  private Recharge withAllocation(Recharge recharge) {
    return recharge
        .account()
        .map(owner -> withAllocations(owner, List.of(recharge)).getFirst())
        .orElse(recharge);
  }

  /** What was booked says what it was used for. */
  private List<Recharge> withAllocations(AccountId account, List<Recharge> recharges) {
    List<Cause> booked =
        recharges.stream()
            .filter(recharge -> recharge.bookedAt().isPresent())
            .map(Recharge::cause)
            .toList();
    if (booked.isEmpty()) {
      return recharges;
    }
    Map<Cause, Allocation> used = postings.allocations(account, booked);
    return recharges.stream()
        .map(
            recharge ->
                Optional.ofNullable(used.get(recharge.cause()))
                    .map(recharge::usedFor)
                    .orElse(recharge))
        .toList();
  }

  /**
   * Remittances that wait, those that came first before others, after one.
   *
   * @param afterId empty for the first page
   * @throws ProblemException 400 if there is no such recharge
   */
  List<Recharge> waiting(String afterId, int limit) {
    if (!afterId.isEmpty() && table.find(List.of(afterId)).isEmpty()) {
      throw Paging.notACursor();
    }
    return jdbc.sql(
            """
            select * from recharge
             where state in ('PENDING', 'UNMATCHED')
               and (:id = '' or (received_at, recharge_id) >
                                (select received_at, recharge_id from recharge
                                  where recharge_id = :id))
             order by received_at, recharge_id limit :limit
            """)
        .param("id", afterId)
        .param("limit", limit)
        .query((row, n) -> read(row))
        .list();
  }

  private static Recharge read(ResultSet row) throws SQLException {
    CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
    Optional<AccountId> account = account(row, "account_id");
    return new Recharge(
        RechargeId.of(row.getString("recharge_id")),
        account,
        account.isPresent() ? Optional.empty() : account(row, "entered_for"),
        Channel.valueOf(row.getString("channel")),
        row.getString("transaction_no"),
        new Money(row.getBigDecimal("amount"), currency),
        Columns.instant(row, "paid_at"),
        Optional.ofNullable(row.getString("payee")),
        DocumentState.valueOf(row.getString("state")),
        Columns.optionalInstant(row, "value_time"),
        Columns.optionalInstant(row, "booked_at"),
        Optional.empty());
  }

  private static Optional<AccountId> account(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(AccountId::of);
  }
}
