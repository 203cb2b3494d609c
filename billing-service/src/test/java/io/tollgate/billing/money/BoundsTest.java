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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
    refused(() -> new CreditLimit(RECHARGE, 1, AT, cny("1")), "not a credit limit");
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
  void fundsAreAboveZeroWhatIsOwedOrDrawnIsBelowAndAllInOneCurrency() {
    Money usd = Money.of("1", CurrencyCode.of("USD"));
    Pot.Principal owed = new Pot.Principal(BILL, AT);
    refused(() -> new Balances(cny("-1"), Map.of()), "a credit limit of -1");
    refused(() -> new Balances(cny("0"), Map.of(new Pot.Funds(), usd)), "mixed");
    refused(() -> new Balances(usd, Map.of(owed, cny("-1"))), "mixed");
    assertThat(new Balances(cny("0"), Map.of(new Pot.Funds(), cny("1"))).funds())
        .isEqualTo(cny("1"));
    for (String nothing : List.of("0", "-1")) {
      refused(
          () -> new Balances(cny("0"), Map.of(new Pot.Funds(), cny(nothing))),
          "cannot lie in Funds");
    }
    for (Pot pot : List.of(owed, new Pot.Drawn(BILL, AT), new Pot.Penalty(BILL, AT))) {
      assertThat(new Balances(cny("0"), Map.of(pot, cny("-1"))).total(pot.part()))
          .isEqualTo(cny("-1"));
      for (String nothing : List.of("0", "1")) {
        refused(
            () -> new Balances(cny("0"), Map.of(pot, cny(nothing))),
            "cannot lie in " + pot.getClass().getSimpleName());
      }
    }
  }

  @Test
  void potsAreSortedByPartTheOldestFirst() {
    Pot.Principal later = new Pot.Principal(BILL, AT.plusSeconds(1));
    Pot.Principal earlier = new Pot.Principal(BILL, AT);
    Pot.Principal other = new Pot.Principal(BillId.of("bill-2"), AT);
    Pot.Penalty penalty = new Pot.Penalty(BILL, AT);
    Balances balances =
        new Balances(
            cny("3"),
            Map.of(penalty, cny("-0.5"), later, cny("-1"), other, cny("-4"), earlier, cny("-2")));

    assertThat(balances.pots().keySet()).containsExactly(earlier, other, later, penalty);
    assertThat(balances.owed(AT)).isEqualTo(cny("6"));
    assertThat(balances.owed(AT.minusSeconds(1))).isEqualTo(cny("0"));
    assertThat(balances.principal()).isEqualTo(cny("7"));
    assertThat(balances.penalty()).isEqualTo(cny("0.5"));
    assertThat(balances.nextUnpaid(AT.minusNanos(1))).contains(AT);
    assertThat(balances.nextUnpaid(AT)).contains(later.since());
    assertThat(balances.nextUnpaid(later.since())).isEmpty();
  }

  @Test
  void balancesKeepTheirPots() {
    Balances balances = Balances.none(CurrencyCode.CNY);
    assertThatThrownBy(() -> balances.pots().put(new Pot.Funds(), cny("1")))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aLoweredLimitLeavesNothingToDraw() {
    Balances balances = new Balances(cny("3"), Map.of(new Pot.Drawn(BILL, AT), cny("-5")));
    assertThat(balances.creditDrawn()).isEqualTo(cny("5"));
    assertThat(balances.creditLeft()).isEqualTo(cny("0"));
  }

  /** What lies in a pot of value lapses at its end, to the instant. */
  @Test
  void aScopeCoversItsPartsUntilItEnds() {
    Scope scope = new Scope(Set.of(SubAccount.PRINCIPAL), AT);
    assertThat(scope.covers(SubAccount.PRINCIPAL, AT.minusNanos(1))).isTrue();
    assertThat(scope.covers(SubAccount.PRINCIPAL, AT)).isFalse();
    assertThat(scope.covers(SubAccount.PENALTY, AT.minusNanos(1))).isFalse();
  }

  /** Credit never covers a penalty. */
  @Test
  void ofAllPotsOnlyFundsPayAPenaltyThatIsAnotherPots() {
    Map<Pot, List<SubAccount>> paid = new LinkedHashMap<>();
    for (Pot pot :
        List.of(
            new Pot.Funds(),
            new Pot.Drawn(BILL, AT),
            new Pot.Principal(BILL, AT),
            new Pot.Penalty(BILL, AT))) {
      paid.put(
          pot,
          Stream.of(SubAccount.PRINCIPAL, SubAccount.PENALTY)
              .filter(part -> pot.scope().covers(part, Instant.parse("9999-12-31T00:00:00Z")))
              .toList());
    }
    assertThat(paid.values())
        .containsExactly(
            List.of(SubAccount.PRINCIPAL, SubAccount.PENALTY),
            List.of(SubAccount.PRINCIPAL),
            List.of(SubAccount.PRINCIPAL),
            List.of(SubAccount.PENALTY));
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
