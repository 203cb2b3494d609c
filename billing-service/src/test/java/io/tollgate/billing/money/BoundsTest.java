package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.money.Movement.Charge;
import io.tollgate.billing.money.Movement.CreditLimit;
import io.tollgate.billing.money.Movement.Receipt;
import io.tollgate.billing.money.Movement.Reversal;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the types of money say of themselves, they hold. */
class BoundsTest {
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");
  private static final LocalDate DAY = LocalDate.parse("2024-03-02");
  private static final BillId BILL = BillId.of("bill-1");
  private static final Cause BILLED = Cause.bill(BILL);
  private static final Cause RECHARGE = new Cause(CauseKind.ALIPAY_RECHARGE, "r-1");
  private static final Cause REVERSAL = new Cause(CauseKind.ALIPAY_REVERSAL, "r-1");

  @Test
  void aChargeIsOfItsBillNotNegativeAndNotDueBeforeItCounts() {
    assertThat(new Charge(BILLED, 1, AT, BILL, cny("0"), AT).amount()).isEqualTo(cny("0"));
    refused(() -> new Charge(BILLED, 1, AT, BILL, cny("-0.000001"), AT), "not be negative");
    refused(() -> new Charge(BILLED, 1, AT, BILL, cny("1"), AT.minusNanos(1)), "before it counts");
    refused(() -> new Charge(BILLED, 1, AT, BillId.of("other"), cny("1"), AT), "not its bill's");
    refused(() -> new Charge(RECHARGE, 1, AT, BILL, cny("1"), AT), "not its bill's");
    refused(() -> new Charge(BILLED, 0, AT, BILL, cny("1"), AT), "numbered from 1");
  }

  @Test
  void aCorrectionTakesNoMoreOffAChargeThanItIs() {
    Charge charge = new Charge(BILLED, 1, AT, BILL, cny("10"), AT);
    assertThat(charge.less(cny("10")).amount()).isEqualTo(cny("0"));
    refused(() -> charge.less(cny("10.000001")), "not be negative");
  }

  @Test
  void aReceiptAndAReversalAreAboveZero() {
    for (String amount : List.of("0", "-1")) {
      refused(() -> receipt(RECHARGE, amount), "above 0");
      refused(() -> new Reversal(REVERSAL, 1, AT, cny(amount)), "above 0");
    }
    refused(
        () -> new Receipt(RECHARGE, -1, AT, cny("1"), AllocationOrder.PENALTY_FIRST),
        "numbered from 1");
    refused(() -> new Reversal(REVERSAL, 0, AT, cny("1")), "numbered from 1");
  }

  @Test
  void aCreditLimitIsNotNegativeAndOfItsKind() {
    assertThat(new CreditLimit(Cause.creditLimit(1), 1, AT, cny("0")).limit()).isEqualTo(cny("0"));
    refused(() -> new CreditLimit(Cause.creditLimit(1), 1, AT, cny("-1")), "not be negative");
    refused(() -> new CreditLimit(RECHARGE, 1, AT, cny("1")), "no credit limit");
  }

  /** By which kinds money comes in and is taken back, the same as in the database. */
  @ParameterizedTest
  @EnumSource
  void everyKindMovesMoneyInItsDirectionsOnly(CauseKind kind) {
    Cause cause = new Cause(kind, "x-1");
    List<CauseKind> in =
        List.of(
            CauseKind.BILL,
            CauseKind.ALIPAY_RECHARGE,
            CauseKind.ONLINE_BANKING_RECHARGE,
            CauseKind.REMITTANCE_RECHARGE,
            CauseKind.ADJUSTMENT);
    List<CauseKind> back =
        List.of(
            CauseKind.ALIPAY_REVERSAL,
            CauseKind.ONLINE_BANKING_REVERSAL,
            CauseKind.REMITTANCE_REVERSAL,
            CauseKind.ADJUSTMENT);
    isAllowed(in.contains(kind), () -> receipt(cause, "1"));
    isAllowed(back.contains(kind), () -> new Reversal(cause, 1, AT, cny("1")));
  }

  private static void isAllowed(boolean allowed, ThrowingCallable movement) {
    if (allowed) {
      assertThatCode(movement).doesNotThrowAnyException();
    } else {
      refused(movement, "by its kind");
    }
  }

  @Test
  void aDebtIsNotNegativeAndInOneCurrency() {
    refused(() -> new Debt(BILL, AT, cny("-1"), cny("0")), "not negative");
    refused(() -> new Debt(BILL, AT, cny("0"), cny("-1")), "not negative");
    refused(
        () -> new Debt(BILL, AT, cny("1"), Money.of("1", CurrencyCode.of("USD"))),
        "two currencies");
  }

  @Test
  void aDrawIsAboveZero() {
    refused(() -> new Draw(BILL, AT, cny("0")), "above 0");
  }

  @Test
  void aLegMovesSomethingAndOnlyFundsMoveWithoutABill() {
    refused(() -> new Leg(SubAccount.FUNDS, Optional.empty(), cny("0")), "nothing");
    assertThat(Arrays.stream(SubAccount.values()).filter(BoundsTest::movesWithoutABill))
        .containsExactly(SubAccount.FUNDS);
  }

  private static boolean movesWithoutABill(SubAccount part) {
    try {
      return !new Leg(part, Optional.empty(), cny("1")).amount().isZero();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void aPenaltyIsAboveZeroOfSomething() {
    refused(() -> new PenaltyDay(BILL, DAY, cny("0"), cny("1")), "above 0");
    refused(() -> new PenaltyDay(BILL, DAY, cny("1"), cny("0")), "above 0");
  }

  @Test
  void balancesAreNotNegativeInOneCurrencyAndNameEachDebtOnce() {
    Money usd = Money.of("1", CurrencyCode.of("USD"));
    Debt debt = new Debt(BILL, AT, cny("1"), cny("0"));
    Draw draw = new Draw(BILL, AT, cny("1"));
    refused(() -> new Balances(cny("-1"), cny("0"), List.of(), List.of()), "not be negative");
    refused(() -> new Balances(cny("0"), cny("-1"), List.of(), List.of()), "not be negative");
    refused(() -> new Balances(cny("0"), usd, List.of(), List.of()), "mixed");
    refused(() -> new Balances(usd, usd, List.of(draw), List.of()), "mixed");
    refused(() -> new Balances(usd, usd, List.of(), List.of(debt)), "mixed");
    refused(() -> new Balances(cny("0"), cny("0"), List.of(draw, draw), List.of()), "two of one");
    refused(() -> new Balances(cny("0"), cny("0"), List.of(), List.of(debt, debt)), "two of one");
  }

  @Test
  void balancesAreSortedInTheOrderInWhichTheyArePaid() {
    Debt later = new Debt(BILL, AT.plusSeconds(1), cny("1"), cny("0"));
    Debt earlier = new Debt(BILL, AT, cny("2"), cny("0.5"));
    Balances balances = new Balances(cny("0"), cny("3"), List.of(), List.of(later, earlier));

    assertThat(balances.debts()).containsExactly(earlier, later);
    assertThat(balances.owed(AT)).isEqualTo(cny("2"));
    assertThat(balances.principal()).isEqualTo(cny("3"));
    assertThat(balances.penalty()).isEqualTo(cny("0.5"));
    assertThat(balances.nextUnpaid(AT)).contains(later.dueAt());
    assertThat(balances.earliestOwed(AT.minusSeconds(1))).isEmpty();
  }

  @Test
  void aLoweredLimitLeavesNothingToDraw() {
    Balances balances =
        new Balances(cny("0"), cny("3"), List.of(new Draw(BILL, AT, cny("5"))), List.of());
    assertThat(balances.creditDrawn()).isEqualTo(cny("5"));
    assertThat(balances.creditLeft()).isEqualTo(cny("0"));
  }

  private static Receipt receipt(Cause cause, String amount) {
    return new Receipt(cause, 1, AT, cny(amount), AllocationOrder.PRINCIPAL_FIRST);
  }

  private static void refused(ThrowingCallable made, String why) {
    assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
