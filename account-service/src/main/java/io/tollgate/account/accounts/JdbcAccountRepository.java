package io.tollgate.account.accounts;

import static io.tollgate.store.jdbc.SqlArrays.texts;

import io.tollgate.account.access.Sight;
import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.store.jdbc.Columns;
import io.tollgate.store.jdbc.Rows;
import io.tollgate.support.messaging.KeyPartitions;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accounts in PostgreSQL. Their rows are the locks under which everything else changes. */
@Repository
public class JdbcAccountRepository {

  private static final String COLUMNS =
      """
      select account, currency, opened_at, debt_due_at, owed, penalty_owed,
             array(select product from product_debt d
                    where d.account = account.account order by product) as owed_for
        from account
      """;
  private static final String IN_SIGHT = "(:sight::text is null or account = :sight)";

  private final JdbcClient jdbc;
  private final KeyPartitions partitions;

  JdbcAccountRepository(JdbcClient jdbc, KeyPartitions partitions) {
    this.jdbc = jdbc;
    this.partitions = partitions;
  }

  /** Adds an account and locks it; false when there is one of that id. */
  boolean insert(AccountId account, CurrencyCode currency, Instant at) {
    return jdbc.sql(
                """
                insert into account (account, partition, currency, opened_at)
                values (:account, :partition, :currency, :at) on conflict do nothing
                """)
            .param("partition", partitions.of(account.value()))
            .param("account", account.value())
            .param("currency", currency.value())
            .param("at", Timestamp.from(at))
            .update()
        == 1;
  }

  /** The account, if the caller may see it. */
  public Optional<Account> find(Sight sight, AccountId account) {
    return jdbc.sql(COLUMNS + "where account = :account and " + IN_SIGHT)
        .param("account", account.value())
        .param("sight", sight.accountOrNull())
        .query((row, n) -> account(row))
        .optional();
  }

  /**
   * Which accounts are looked for; what is empty does not narrow.
   *
   * @param inArrears whether it owes
   * @param suspended whether one of its instances is suspended
   * @param text part of its id or of the name among its contacts, in any letter case
   */
  record Filter(Optional<Boolean> inArrears, Optional<Boolean> suspended, Optional<String> text) {}

  /** Accounts after a cursor, by id. */
  List<Account> list(Sight sight, Filter filter, String after, int limit) {
    return jdbc.sql(
            COLUMNS
                + """
                where account > :after
                  and (:arrears::boolean is null or (debt_due_at is not null) = :arrears)
                  and (:suspended::boolean is null or :suspended = exists (
                         select from instance i
                          where i.account = account.account and i.state = 'SUSPENDED'))
                  and (:text::text is null
                       or position(lower(:text) in lower(account.account)) > 0
                       or exists (select from contact c
                                   where c.account = account.account
                                     and position(lower(:text) in lower(c.name)) > 0))
                  and\
                """
                + " "
                + IN_SIGHT
                + " order by account limit :limit")
        .param("after", after)
        .param("arrears", filter.inArrears().orElse(null))
        .param("suspended", filter.suspended().orElse(null))
        .param("text", filter.text().orElse(null))
        .param("sight", sight.accountOrNull())
        .param("limit", limit)
        .query((row, n) -> account(row))
        .list();
  }

  /** Locks an account that the caller may see; false when there is none. */
  public boolean lock(Sight sight, AccountId account) {
    return jdbc.sql(
            "select account from account where account = :account and " + IN_SIGHT + " for update")
        .param("account", account.value())
        .param("sight", sight.accountOrNull())
        .query(String.class)
        .optional()
        .isPresent();
  }

  /**
   * Locks accounts in key order.
   *
   * @throws IllegalStateException when one does not exist: its events wait until it does
   */
  public void lockAll(Collection<AccountId> accounts) {
    TreeSet<AccountId> ordered = new TreeSet<>(accounts);
    Set<String> locked = new HashSet<>(lockRows(ordered, "for update"));
    for (AccountId account : ordered) {
      if (!locked.contains(account.value())) {
        throw new IllegalStateException("account " + account + " is not known here");
      }
    }
  }

  /** Locks those accounts that nobody else holds, in key order. */
  public List<AccountId> lockAvailable(Collection<AccountId> accounts) {
    return lockRows(new TreeSet<>(accounts), "for update skip locked").stream()
        .map(AccountId::of)
        .toList();
  }

  private List<String> lockRows(SequencedSet<AccountId> accounts, String how) {
    return jdbc.sql(
            "select account from account where account = any (:accounts::text[]) order by account "
                + how)
        .param("accounts", texts(accounts, AccountId::value))
        .query(String.class)
        .list();
  }

  /** Whether a hold that suspends all of the account is in force. */
  public boolean isHeld(AccountId account) {
    return jdbc.sql(
            """
            select exists (select from hold
                            where account = :account and instance is null and lifted_at is null
                              and effect = 'SUSPEND')
            """)
        .param("account", account.value())
        .query(Boolean.class)
        .single();
  }

  /** The restricting holds in force on all of the account: their causes, and why. */
  public Map<HoldCause, String> restrictions(AccountId account) {
    Map<HoldCause, String> restrictions = new EnumMap<>(HoldCause.class);
    jdbc.sql(
            """
            select cause, reason from hold
             where account = :account and instance is null and lifted_at is null
               and effect = 'RESTRICT'
            """)
        .param("account", account.value())
        .query(
            row -> {
              restrictions.put(HoldCause.valueOf(row.getString("cause")), row.getString("reason"));
            });
    return restrictions;
  }

  /** Takes over what billing stated; call it with the accounts locked. */
  public void state(StatedDebts debts) {
    Collection<StatedDebts.Stated> stated = debts.newest();
    if (stated.isEmpty()) {
      return;
    }
    int updated =
        jdbc.sql(
                """
                update account a
                   set owed = coalesce(n.owed::numeric, a.owed), penalty_owed = n.penalty::numeric
                  from unnest(:accounts::text[], :owed::text[], :penalties::text[])
                    as n (account, owed, penalty)
                 where a.account = n.account
                """)
            .param("accounts", texts(stated, each -> each.account().value()))
            .param(
                "owed",
                texts(stated, each -> each.owed().map(BigDecimal::toPlainString).orElse(null)))
            .param("penalties", texts(stated, each -> each.penalty().toPlainString()))
            .update();
    Rows.expect(stated.size(), updated, "stated debts");
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        AccountId.of(row.getString("account")),
        new CurrencyCode(row.getString("currency")),
        Columns.instant(row, "opened_at"),
        Columns.optionalInstant(row, "debt_due_at"),
        Arrays.stream((String[]) row.getArray("owed_for").getArray()).map(ProductId::of).toList(),
        row.getBigDecimal("owed"),
        row.getBigDecimal("penalty_owed"));
  }
}
