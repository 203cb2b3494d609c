package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Books;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.Pot;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.BillingEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Arrears are published of each product by its own earliest unpaid bill (C2.3, section 6). */
class PublishedArrearsTest {
  private static final AccountId ACCOUNT = AccountId.of("acc");
  private static final RuleId RULE = new RuleId("C2.3");
  private static final ProductId VM = ProductId.of("vm");
  private static final ProductId DISK = ProductId.of("disk");
  private static final BillId VM_1 = BillId.of("vm-1");
  private static final BillId VM_2 = BillId.of("vm-2");
  private static final BillId DISK_1 = BillId.of("disk-1");
  private static final Instant FIRST = Instant.parse("2026-03-01T02:00:00Z");
  private static final Instant SECOND = Instant.parse("2026-03-02T02:00:00Z");
  private static final Instant THIRD = Instant.parse("2026-03-03T02:00:00Z");

  private final PublishedArrears arrears =
      new PublishedArrears(
          ACCOUNT,
          new AccountTerms(
              new PenaltyTerms(BillingCalendar.SHANGHAI, new Rates()),
              AllocationOrder.PRINCIPAL_FIRST,
              Map.of(VM_1, VM, VM_2, VM, DISK_1, DISK)),
          List.of());
  private final Books books =
      new Books(
          new Balances(
              cny("0"),
              Map.of(
                  new Pot.Principal(VM_1, FIRST), cny("-60"),
                  new Pot.Principal(DISK_1, SECOND), cny("-30"),
                  new Pot.Principal(VM_2, THIRD), cny("-10"))));

  /**
   * One thousandth, and half of it for the disk from the day after its arrears begin: the first
   * that costs something. That all days are excused is not what the customer was promised.
   */
  private static final class Rates implements PenaltyTerms.Rates {

    @Override
    public BigDecimal on(BillId bill, LocalDate day) {
      return BigDecimal.ZERO;
    }

    @Override
    public BigDecimal agreed(BillId bill, LocalDate day) {
      boolean isHalf = bill.equals(DISK_1) && !day.isBefore(LocalDate.parse("2026-03-03"));
      return new BigDecimal(isHalf ? "0.0005" : "0.001");
    }
  }

  private static Optional<BigDecimal> rate(String rate) {
    return Optional.of(new BigDecimal(rate));
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }

  private void receive(String amount) {
    var unused =
        books.apply(
            new Movement.Receipt(
                new Cause(CauseKind.ALIPAY_RECHARGE, "r"),
                1,
                THIRD,
                cny(amount),
                AllocationOrder.PRINCIPAL_FIRST));
  }

  @Test
  void eachProductsArrearsBeginWithItsOwnFirstBill() {
    assertThat(arrears.changes(books.balances(), FIRST.minusSeconds(1))).isEmpty();
    assertThat(arrears.isChanged()).isFalse();
    assertThat(arrears.changes(books.balances(), FIRST))
        .containsExactly(
            new BillingEvent.ArrearsBegan(
                ACCOUNT, VM, VM_1, FIRST, cny("60"), rate("0.001"), FIRST, RULE));
    assertThat(arrears.changes(books.balances(), SECOND))
        .containsExactly(
            new BillingEvent.ArrearsBegan(
                ACCOUNT, DISK, DISK_1, SECOND, cny("30"), rate("0.0005"), SECOND, RULE));
    assertThat(arrears.changes(books.balances(), THIRD)).isEmpty();
    assertThat(arrears.isChanged()).isTrue();
    assertThat(arrears.earliest()).contains(new ProductArrears(VM, VM_1, FIRST));
  }

  @Test
  void payingOneProductsEarliestBillRetimesThatProductOnly() {
    var unused = arrears.changes(books.balances(), THIRD);
    receive("60");
    assertThat(arrears.changes(books.balances(), THIRD))
        .containsExactly(
            new BillingEvent.ArrearsRetimed(ACCOUNT, VM, VM_2, THIRD, cny("10"), THIRD, RULE));
    receive("30");
    assertThat(arrears.changes(books.balances(), THIRD))
        .containsExactly(new BillingEvent.ArrearsCleared(ACCOUNT, DISK, cny("0"), THIRD, RULE));
    receive("10");
    assertThat(arrears.changes(books.balances(), THIRD))
        .containsExactly(new BillingEvent.ArrearsCleared(ACCOUNT, VM, cny("0"), THIRD, RULE));
    assertThat(arrears.all()).isEmpty();
    assertThat(arrears.isChanged()).isFalse();
  }

  @Test
  void whatIsPaidInPartIsStillOwed() {
    var unused = arrears.changes(books.balances(), THIRD);
    receive("59.99");
    assertThat(arrears.changes(books.balances(), THIRD)).isEmpty();
  }
}
