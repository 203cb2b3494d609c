package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.journal.JdbcOpenPots.OpenPots;
import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.Pot;
import io.tollgate.billing.testing.BillingSchema;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.store.jdbc.CopyWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Pots of every kind are read as they were stored, while they come, change and go. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcOpenPotsIT {
  private static final AccountId ACCOUNT = AccountId.of("a");
  private static final Instant FIRST = Instant.parse("2024-03-01T02:00:00Z");
  private static final Instant FOURTH = Instant.parse("2024-03-04T02:00:00Z");
  private static final BillId BILL = BillId.of("bill-1");

  private final OneAccount account =
      new OneAccount(
          new PenaltyTerms(BillingCalendar.SHANGHAI, (bill, day) -> new BigDecimal("0.001")),
          FIRST);
  private JdbcClient jdbc;
  private JdbcOpenPots pots;
  private JdbcBills bills;
  private TransactionTemplate transactions;

  @BeforeAll
  void migrate() {
    DataSource database = BillingSchema.ofFreshDatabase();
    jdbc = JdbcClient.create(database);
    CopyWriter copy = new CopyWriter(database);
    pots = new JdbcOpenPots(jdbc, copy);
    bills = new JdbcBills(jdbc, copy);
    transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
  }

  /** 60 are owed, and 0.06 for each of two days; then 50 of it are drawn, and 70 come in. */
  @Test
  void whatIsStoredIsReadBack() {
    assertStored(
        new Booking.Billed(OneAccount.bill(BILL.value(), cny("60"), FIRST, Duration.ZERO)),
        FIRST,
        Map.of(new Pot.Principal(BILL, FIRST), cny("-60")));
    assertStored(
        new Booking.DaysEnded(),
        FOURTH,
        Map.of(
            new Pot.Principal(BILL, FIRST),
            cny("-60"),
            new Pot.Penalty(BILL, FIRST),
            cny("-0.12")));
    assertStored(
        new Booking.CreditLimited(cny("50")),
        FOURTH,
        Map.of(
            new Pot.Principal(BILL, FIRST), cny("-10"),
            new Pot.Penalty(BILL, FIRST), cny("-0.12"),
            new Pot.Drawn(BILL, FOURTH), cny("-50")));
    assertStored(received("r-1", "40"), FOURTH, Map.of(new Pot.Drawn(BILL, FOURTH), cny("-20.12")));
    assertStored(received("r-2", "30"), FOURTH, Map.of());
    assertThat(account.balances().funds()).isEqualTo(cny("9.88"));
  }

  private static Booking received(String recharge, String amount) {
    return new Booking.Received(
        new Cause(CauseKind.ALIPAY_RECHARGE, recharge),
        cny(amount),
        Optional.empty(),
        Rules.RECHARGE);
  }

  private void assertStored(Booking booking, Instant at, Map<Pot, Money> expected) {
    OpenAccount open = account.open(AllocationOrder.PRINCIPAL_FIRST);
    var unused = open.book(booking, at);
    store(open);
    account.store(open);
    OpenPots read = pots.read(Map.of(ACCOUNT, OneAccount.CNY));
    assertThat(read.pots().getOrDefault(ACCOUNT, Map.of())).isEqualTo(expected);
    assertThat(read.balances(ACCOUNT, open.balances().funds(), open.balances().creditLimit()))
        .isEqualTo(open.balances());
  }

  private void store(OpenAccount open) {
    transactions.executeWithoutResult(status -> pots.store(List.of(open)));
  }

  /** What is owed bears a penalty by its product; that of published arrears is known. */
  @Test
  void theProductsOfWhatIsOwedAreReadWhereTheyAreNotKnown() {
    jdbc.sql(
            """
            insert into bill (account_id, bill_id, kind, product_id, cycle, period_start,
                              period_end, amount, due_at, booked_at, rule)
            values ('b', 'bill-2', 'CYCLE', 'disk', 'HOUR', '2024-03-01T00:00:00Z',
                    '2024-03-01T01:00:00Z', 5, '2024-03-01T02:00:00Z', '2024-03-01T02:00:00Z',
                    'C2.3.2')
            """)
        .update();
    AccountId other = AccountId.of("b");
    Instant due = Instant.parse("2024-03-01T02:00:00Z");
    Pot second = new Pot.Principal(BillId.of("bill-2"), due);
    Pot third = new Pot.Principal(BillId.of("bill-3"), due);
    Pot drawn = new Pot.Drawn(BillId.of("bill-4"), due);
    OpenPots open =
        new OpenPots(Map.of(other, Map.of(second, cny("-5"), third, cny("-6"), drawn, cny("-7"))));
    var told = new ProductArrears(ProductId.of("cloud"), BillId.of("bill-3"), due);
    assertThat(bills.products(open, Map.of(other, List.of(told))))
        .isEqualTo(
            Map.of(
                other,
                Map.of(
                    BillId.of("bill-2"), ProductId.of("disk"),
                    BillId.of("bill-3"), ProductId.of("cloud"))));
  }

  @Test
  void whatIsOwedIsNeverTheCustomersAndFundsAreNoRow() {
    for (String pot : List.of("'PRINCIPAL', 'x', now(), 1", "'FUNDS', '', now(), -1")) {
      assertThatThrownBy(() -> jdbc.sql("insert into open_pot values ('c', " + pot + ")").update())
          .isInstanceOf(DataIntegrityViolationException.class)
          .hasMessageContaining("open_pot_amount");
    }
  }

  private static Money cny(String amount) {
    return Money.of(amount, OneAccount.CNY);
  }
}
