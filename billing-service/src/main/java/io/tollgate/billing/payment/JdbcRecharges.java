package io.tollgate.billing.payment;

import io.tollgate.billing.journal.Allocation;
import io.tollgate.billing.journal.Postings;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.DocumentState;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.RechargeId;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Listing;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.support.web.Paging;
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
  private static final String BOOK =
      """
      update recharge
         set state = 'BOOKED', value_time = :valueTime, booked_at = :bookedAt
       where recharge_id = :id and state = 'PENDING'
      """;
  private static final String REVERSE =
      """
      update recharge set state = 'REVERSED', reversal_no = :number, reversed_at = :at
       where recharge_id = :id and state = 'BOOKED'
      """;

  private final JdbcClient jdbc;
  private final Postings postings;

  JdbcRecharges(JdbcClient jdbc, Postings postings) {
    this.jdbc = jdbc;
    this.postings = postings;
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
    return one("select * from recharge where recharge_id = :id for update", recharge);
  }

  Optional<Recharge> find(RechargeId recharge) {
    return one("select * from recharge where recharge_id = :id", recharge);
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
    Rows.expectOne(
        jdbc.sql(
                """
                update recharge set account_id = :account, state = 'PENDING'
                 where recharge_id = :id and state = 'UNMATCHED'
                """)
            .param("id", recharge.value())
            .param("account", account.value())
            .update(),
        "assigned remittance");
  }

  void markRejected(RechargeId recharge, String reason, Instant at) {
    Rows.expectOne(
        jdbc.sql(
                """
                update recharge set state = 'REJECTED', rejection = :reason, rejected_at = :at
                 where recharge_id = :id and state in ('PENDING', 'UNMATCHED')
                """)
            .param("id", recharge.value())
            .param("reason", reason)
            .param("at", Timestamp.from(at))
            .update(),
        "rejected remittance");
  }

  private Optional<Recharge> one(String sql, RechargeId recharge) {
    Optional<Recharge> found =
        jdbc.sql(sql).param("id", recharge.value()).query((row, n) -> read(row)).optional();
    return found.map(
        one ->
            one.account()
                .map(owner -> withAllocations(owner, List.of(one)).getFirst())
                .orElse(one));
  }

  /** An account's recharges, the latest first, before a cursor. */
  List<Recharge> of(AccountId account, Paging.Before before, int limit) {
    List<Recharge> found =
        Listing.before(
                jdbc.sql(
                    """
                    select * from recharge
                     where account_id = :account and (paid_at, recharge_id) < (:time, :id)
                     order by paid_at desc, recharge_id desc limit :limit
                    """),
                account,
                before,
                limit)
            .query((row, n) -> read(row))
            .list();
    return withAllocations(account, found);
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

  /** Remittances that wait, the oldest first, after a cursor. */
  List<Recharge> waiting(String afterId, int limit) {
    return jdbc.sql(
            """
            select * from recharge
             where state in ('PENDING', 'UNMATCHED') and recharge_id > :id
             order by recharge_id limit :limit
            """)
        .param("id", afterId)
        .param("limit", limit)
        .query((row, n) -> read(row))
        .list();
  }

  void markBooked(RechargeId recharge, Instant valueTime, Instant bookedAt) {
    Rows.expectOne(
        jdbc.sql(BOOK)
            .param("id", recharge.value())
            .param("valueTime", Timestamp.from(valueTime))
            .param("bookedAt", Timestamp.from(bookedAt))
            .update(),
        "booked recharge");
  }

  void markReversed(RechargeId recharge, String number, Instant at) {
    Rows.expectOne(
        jdbc.sql(REVERSE)
            .param("id", recharge.value())
            .param("number", number)
            .param("at", Timestamp.from(at))
            .update(),
        "reversed recharge");
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
