package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A recharge that is taken back piece by piece, and what it no longer covers (C2.2, C2.3). */
class UnwindingTest {
  private static final BillId BILL = BillId.of("bill-1");

  /** 1 March 2024, 10:00 in Shanghai. */
  private static final Instant BILLED = Instant.parse("2024-03-01T02:00:00Z");

  /** The same time of day on 31 March, after a payment term of 30 days. */
  private static final Instant DUE = Instant.parse("2024-03-31T02:00:00Z");

  private static final Instant TAKEN_BACK = BILLED.plusSeconds(7_200);
  private static final Instant NEXT_MIDNIGHT = Instant.parse("2024-03-01T16:00:00Z");

  private final List<Movement> history = new ArrayList<>();
  private Movement.Uncovered uncovered = Movement.Uncovered.FROM_DUE_TIME;

  @Test
  void whatAReversalLeavesOfAnAllocationIsTakenBackByTheNext() {
    rechargeThenBill("100");
    takeBack("30");
    takeBack("50");
    assertThat(replay().balances().owed(TAKEN_BACK)).isEqualTo(cny("80"));
    takeBack("20");
    assertThat(replay().balances().owed(TAKEN_BACK)).isEqualTo(cny("100"));
  }

  @Test
  void noMoreIsTakenBackThanEverCameIn() {
    rechargeThenBill("100");
    takeBack("99");
    takeBack("1.000001");
    assertThatIllegalStateException()
        .isThrownBy(this::replay)
        .withMessage("more is reversed than ever came in: 0.000001 CNY");
  }

  /** A draw is of a bill and an instant: two of one are one. */
  @Test
  void whatIsTakenBackAtOneInstantIsOneDraw() {
    rechargeThenBill("100");
    add(
        sequence ->
            new Movement.CreditLimit(Cause.creditLimit(sequence), sequence, BILLED, cny("40")));
    takeBack("10");
    takeBack("5");
    assertThat(replay().balances().pots())
        .containsEntry(new Pot.Drawn(BILL, TAKEN_BACK), cny("-15"));
    takeBack("30");
    assertThat(replay().balances().pots())
        .containsEntry(new Pot.Drawn(BILL, TAKEN_BACK), cny("-40"));
    assertThat(replay().balances().owed(TAKEN_BACK)).isEqualTo(cny("5"));
  }

  /**
   * 100 that fall due on 31 March were paid, and are taken back on the 1st: they are owed from the
   * 31st, and 1 April is the first day that costs.
   */
  @Test
  void whatIsTakenBackBeforeItsDueTimeIsOwedFromThen() {
    receive("100");
    bill("100", DUE);
    takeBack("100");

    assertThat(replay().balances().pots())
        .containsExactly(Map.entry(new Pot.Principal(BILL, DUE), cny("-100")));
    assertThat(replay().balances().owed(TAKEN_BACK)).isEqualTo(cny("0"));
    assertThat(replay().balances().owed(DUE)).isEqualTo(cny("100"));
    // The end of 1 April.
    assertThat(replay(Instant.parse("2024-04-01T16:00:00Z")).penalties())
        .containsExactly(
            new PenaltyDay(BILL, LocalDate.parse("2024-04-01"), cny("100"), cny("0.1")));
  }

  /** It was booked by the first release, which owed it from the reversal: its replay does too. */
  @Test
  void whatTheFirstReleaseTookBackIsOwedFromThen() {
    uncovered = Movement.Uncovered.FROM_REVERSAL;
    receive("100");
    bill("100", DUE);
    takeBack("100");

    assertThat(replay().balances().pots())
        .containsExactly(Map.entry(new Pot.Principal(BILL, TAKEN_BACK), cny("-100")));
  }

  /** 100 fell due on the 1st: the 2nd costs 0.10, and is a booking like all others. */
  @Test
  void aDaysPenaltyIsALegAgainstTheCustomerUnderItsDay() {
    bill("100", BILLED);
    assertThat(replay(NEXT_MIDNIGHT.plusSeconds(86_400)).legs())
        .containsEntry(
            Cause.penaltyDay(BILL, LocalDate.parse("2024-03-02")),
            List.of(Leg.of(SubAccount.PENALTY, BILL, cny("-0.1"))))
        .hasSize(2);
  }

  private void rechargeThenBill(String amount) {
    receive(amount);
    bill(amount, BILLED);
  }

  private void receive(String amount) {
    add(
        sequence ->
            new Movement.Receipt(
                new Cause(CauseKind.ALIPAY_RECHARGE, "r-" + sequence),
                sequence,
                BILLED.minusSeconds(3_600),
                cny(amount),
                AllocationOrder.PRINCIPAL_FIRST));
  }

  private void bill(String amount, Instant dueAt) {
    add(
        sequence ->
            new Movement.Charge(Cause.bill(BILL), sequence, BILLED, BILL, cny(amount), dueAt));
  }

  private void takeBack(String amount) {
    add(
        sequence ->
            new Movement.Reversal(
                new Cause(CauseKind.ALIPAY_REVERSAL, "r-" + sequence),
                sequence,
                TAKEN_BACK,
                cny(amount),
                uncovered));
  }

  /** Makes a movement of its place in the order of booking. */
  private interface Numbered {
    Movement at(long sequence);
  }

  private void add(Numbered movement) {
    history.add(movement.at(history.size() + 1L));
  }

  private Replay.Result replay() {
    return replay(TAKEN_BACK);
  }

  private Replay.Result replay(Instant accruedTo) {
    PenaltyTerms terms =
        new PenaltyTerms(BillingCalendar.SHANGHAI, (bill, day) -> new BigDecimal("0.001"));
    return new Replay(terms).run(CurrencyCode.CNY, history, accruedTo);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
