package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.money.Movement.Charge;
import io.tollgate.billing.money.Movement.CreditLimit;
import io.tollgate.billing.money.Movement.Receipt;
import io.tollgate.billing.money.Movement.Reversal;
import io.tollgate.billing.money.Pot.Drawn;
import io.tollgate.billing.money.Pot.Penalty;
import io.tollgate.billing.money.Pot.Principal;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The worked examples of the contract (C2.2, C2.3), to the last digit. */
class SettlementTest {
  private static final CurrencyCode CNY = CurrencyCode.of("CNY");
  private static final BillId BILL_1 = BillId.of("bill-1");
  private static final BillId BILL_2 = BillId.of("bill-2");
  private static final PenaltyTerms TERMS =
      new PenaltyTerms(BillingCalendar.SHANGHAI, (bill, day) -> new BigDecimal("0.001"));

  private final List<Movement> history = new ArrayList<>();

  @Test
  void aDayCostsAThousandthOfWhatIsOwedAtItsEnd() {
    worked1();

    Replay.Result result = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-06T00:00");

    assertThat(penalties(result))
        .containsExactly(
            "2024-03-02 60.000000 0.060000",
            "2024-03-03 60.000000 0.060000",
            "2024-03-04 40.000000 0.040000");
    assertThat(result.balances().principal()).isEqualTo(cny("0"));
    assertThat(result.balances().penalty()).isEqualTo(cny("0.16"));
    assertThat(result.balances().funds()).isEqualTo(cny("0"));
  }

  @Test
  void theNextMoneyPaysThePenalty() {
    worked1();
    receive("2024-03-06T08:00", "0.20");

    Replay.Result result = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-07T00:00");

    assertThat(result.balances().penalty()).isEqualTo(cny("0"));
    assertThat(result.balances().funds()).isEqualTo(cny("0.04"));
  }

  @Test
  void penaltyFirstLeavesPrincipalThatCostsMore() {
    worked1();

    assertThat(penalties(replay(AllocationOrder.PENALTY_FIRST, "2024-03-05T00:00")))
        .containsExactly(
            "2024-03-02 60.000000 0.060000",
            "2024-03-03 60.000000 0.060000",
            "2024-03-04 40.120000 0.040120");
    Replay.Result result = replay(AllocationOrder.PENALTY_FIRST, "2024-03-06T00:00");
    assertThat(penalties(result)).last().isEqualTo("2024-03-05 0.160120 0.000160");
    assertThat(result.balances().principal()).isEqualTo(cny("0.160120"));
  }

  @Test
  void moneyPaysTheOldestBillWithItsPenaltyThenTheNext() {
    Instant now = at("2024-03-10T10:00");
    Books books =
        new Books(
            new Balances(
                cny("0"),
                Map.of(
                    new Principal(BILL_1, at("2024-03-07T10:00")), cny("-60"),
                    new Penalty(BILL_1, at("2024-03-07T10:00")), cny("-0.12"),
                    new Principal(BILL_2, at("2024-03-08T10:00")), cny("-30"),
                    new Penalty(BILL_2, at("2024-03-08T10:00")), cny("-0.03"))));

    var unused = books.receive(cny("70"), AllocationOrder.PRINCIPAL_FIRST);

    assertThat(books.balances().owed(now)).isEqualTo(cny("20.12"));
    assertThat(books.balances().pots())
        .containsOnlyKeys(
            new Principal(BILL_2, at("2024-03-08T10:00")),
            new Penalty(BILL_2, at("2024-03-08T10:00")));
    assertThat(books.accrue(BillingCalendar.SHANGHAI.dateOf(now), TERMS))
        .extracting(PenaltyDay::amount)
        .containsExactly(cny("0.020120"));
  }

  @Test
  void aCorrectionDownwardRecomputesDaysAndAllocations() {
    worked1();
    correctBillTo("70");

    Replay.Result result = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-10T00:00");

    assertThat(penalties(result))
        .containsExactly(
            "2024-03-02 30.000000 0.030000",
            "2024-03-03 30.000000 0.030000",
            "2024-03-04 10.000000 0.010000");
    assertThat(result.balances().funds()).isEqualTo(cny("29.93"));
    assertThat(result.balances().penalty()).isEqualTo(cny("0"));
  }

  @Test
  void aCorrectionReturnsPenaltyPaidInExcess() {
    worked1();
    receive("2024-03-06T08:00", "0.16");
    correctBillTo("70");

    Replay.Result result = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-10T00:00");

    assertThat(result.balances().funds()).isEqualTo(cny("30.09"));
  }

  @Test
  void drawnCreditIsNotOwedAndIsRestoredAfterWhatIsOwed() {
    receive("2024-03-01T09:00", "40");
    history.add(new CreditLimit(Cause.creditLimit(2), 2, at("2024-03-01T09:30"), cny("50")));
    charge(BILL_1, "2024-03-01T10:00", "100");
    Books books = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-01T11:00").books();
    assertThat(books.balances().owed(at("2024-03-01T10:00"))).isEqualTo(cny("10"));
    assertThat(books.balances().creditDrawn()).isEqualTo(cny("50"));

    assertThat(books.receive(cny("25"), AllocationOrder.PRINCIPAL_FIRST))
        .containsExactly(
            Leg.of(SubAccount.PRINCIPAL, BILL_1, cny("10")),
            Leg.of(SubAccount.CREDIT, BILL_1, cny("15")));
    assertThat(books.balances().creditDrawn()).isEqualTo(cny("35"));
  }

  @Test
  void moneyThatArrivedEarlierTakesTheDaysInBetweenBack() {
    charge(BILL_1, "2024-03-01T10:00", "60");
    assertThat(penalties(replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-05T00:00"))).hasSize(3);

    receive("2024-03-03T12:00", "60");

    Replay.Result result = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-05T00:00");
    assertThat(penalties(result)).containsExactly("2024-03-02 60.000000 0.060000");
    assertThat(result.balances().penalty()).isEqualTo(cny("0.06"));
  }

  @Test
  void aReversalUnwindsTheNewestAllocationsAndTheyAreOwedFromThen() {
    receive("2024-03-01T09:00", "100");
    charge(BILL_1, "2024-03-01T10:00", "30");
    charge(BILL_2, "2024-03-01T11:00", "50");
    history.add(new Reversal(reversal(4), 4, at("2024-03-04T12:00"), cny("100")));

    Replay.Result result = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-06T00:00");

    assertThat(result.legs().get(reversal(4)))
        .containsExactly(
            Leg.of(SubAccount.FUNDS, cny("-20")),
            Leg.of(SubAccount.PRINCIPAL, BILL_2, cny("-50")),
            Leg.of(SubAccount.PRINCIPAL, BILL_1, cny("-30")));
    assertThat(penalties(result))
        .containsExactlyInAnyOrder(
            "2024-03-05 30.000000 0.030000", "2024-03-05 50.000000 0.050000");
  }

  @Test
  void aReversalOfWhatRestoredCreditDrawsItAgain() {
    receive("2024-03-01T08:00", "40");
    history.add(new CreditLimit(Cause.creditLimit(2), 2, at("2024-03-01T09:30"), cny("50")));
    charge(BILL_1, "2024-03-01T10:00", "90");
    receive("2024-03-02T10:00", "50");
    history.add(new Reversal(reversal(9), 9, at("2024-03-02T12:00"), cny("50")));

    Replay.Result result = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-06T00:00");

    assertThat(result.balances().creditDrawn()).isEqualTo(cny("50"));
    assertThat(result.balances().owed(at("2024-03-06T00:00"))).isEqualTo(cny("0"));
  }

  /** Funds 40, limit 50, bill 100: owed 10; then the limit is 100: drawn 60, the penalty stays. */
  @Test
  void aRaisedLimitCoversWhatIsOwedAtOnceAndThePenaltyStays() {
    receive("2024-03-01T08:00", "40");
    limit("2024-03-01T09:00", "50");
    charge(BILL_1, "2024-03-01T10:00", "100");
    limit("2024-03-03T12:00", "100");

    Replay.Result result = replay("2024-03-06T00:00");

    assertThat(result.balances().creditDrawn()).isEqualTo(cny("60"));
    assertThat(result.balances().pots())
        .isEqualTo(
            Map.of(
                new Drawn(BILL_1, at("2024-03-01T10:00")), cny("-50"),
                new Drawn(BILL_1, at("2024-03-03T12:00")), cny("-10"),
                new Penalty(BILL_1, at("2024-03-01T10:00")), cny("-0.01")));
    assertThat(result.balances().principal()).isEqualTo(cny("0"));
    assertThat(penalties(result)).containsExactly("2024-03-02 10.000000 0.010000");
    assertThat(result.balances().penalty()).isEqualTo(cny("0.01"));
    assertThat(result.legs().get(Cause.creditLimit(4)))
        .containsExactly(
            Leg.of(SubAccount.PRINCIPAL, BILL_1, cny("10")),
            Leg.of(SubAccount.CREDIT, BILL_1, cny("-10")));
  }

  @Test
  void aRaisedLimitCoversTheOldestDebtFirstAndNoMoreThanItAllows() {
    charge(BILL_1, "2024-03-01T10:00", "30");
    charge(BILL_2, "2024-03-01T11:00", "20");
    limit("2024-03-01T12:00", "35");

    assertThat(replay("2024-03-01T13:00").balances().pots())
        .isEqualTo(
            Map.of(
                new Drawn(BILL_1, at("2024-03-01T12:00")), cny("-30"),
                new Drawn(BILL_2, at("2024-03-01T12:00")), cny("-5"),
                new Principal(BILL_2, at("2024-03-01T11:00")), cny("-15")));
  }

  @Test
  void aLoweredLimitBindsNewDrawsOnly() {
    limit("2024-03-01T09:00", "50");
    charge(BILL_1, "2024-03-01T10:00", "40");
    limit("2024-03-01T11:00", "10");
    charge(BILL_2, "2024-03-01T12:00", "5");

    Books books = replay("2024-03-01T13:00").books();
    assertThat(books.balances().creditDrawn()).isEqualTo(cny("40"));
    assertThat(books.balances().owed(at("2024-03-01T12:00"))).isEqualTo(cny("5"));
  }

  @Test
  void drawnCreditIsRestoredOldestDrawFirstAndADrawNamesItsBill() {
    limit("2024-03-01T09:00", "50");
    charge(BILL_2, "2024-03-01T10:00", "30");
    charge(BILL_1, "2024-03-01T11:00", "20");
    receive("2024-03-01T12:00", "35");

    Replay.Result result = replay("2024-03-01T13:00");

    assertThat(result.legs().get(recharge(4)))
        .containsExactly(
            Leg.of(SubAccount.CREDIT, BILL_2, cny("30")),
            Leg.of(SubAccount.CREDIT, BILL_1, cny("5")));
    assertThat(result.balances().pots())
        .isEqualTo(Map.of(new Drawn(BILL_1, at("2024-03-01T11:00")), cny("-15")));
  }

  /** The limit is lower when the recharge that had restored credit is taken back. */
  @Test
  void whatAReversalTakesBackAndTheLimitNoLongerCoversIsOwedFromTheReversal() {
    limit("2024-03-01T09:00", "50");
    charge(BILL_1, "2024-03-01T10:00", "50");
    receive("2024-03-02T10:00", "50");
    limit("2024-03-02T11:00", "20");
    reverse("2024-03-03T12:00", "50");

    Replay.Result result = replay("2024-03-05T00:00");

    assertThat(result.balances().pots())
        .isEqualTo(
            Map.of(
                new Drawn(BILL_1, at("2024-03-03T12:00")), cny("-20"),
                new Principal(BILL_1, at("2024-03-03T12:00")), cny("-30"),
                new Penalty(BILL_1, at("2024-03-03T12:00")), cny("-0.03")));
    assertThat(penalties(result)).containsExactly("2024-03-04 30.000000 0.030000");
  }

  /** Owed 60 from the 1st, paid on the 3rd, owed again from the reversal on the 6th. */
  @Test
  void aBillThatIsOwedAgainCostsPenaltyAnewFromTheReversal() {
    charge(BILL_1, "2024-03-01T10:00", "60");
    receive("2024-03-03T12:00", "60.06");
    reverse("2024-03-06T12:00", "60.06");

    Replay.Result result = replay("2024-03-08T00:00");

    assertThat(penalties(result))
        .containsExactly("2024-03-02 60.000000 0.060000", "2024-03-07 60.000000 0.060000");
    assertThat(result.balances().penalty()).isEqualTo(cny("0.12"));
    assertThat(result.legs().get(reversal(3)))
        .containsExactly(
            Leg.of(SubAccount.PENALTY, BILL_1, cny("-0.06")),
            Leg.of(SubAccount.PRINCIPAL, BILL_1, cny("-60")));
  }

  /** 12 come in penalty first, 12 principal first: each pays what was ruled when it was booked. */
  @Test
  void eachReceiptPaysInTheOrderOfItsTime() {
    charge(BILL_1, "2024-03-01T10:00", "60");
    receive("2024-03-03T12:00", "12", AllocationOrder.PENALTY_FIRST);
    receive("2024-03-04T12:00", "12", AllocationOrder.PRINCIPAL_FIRST);

    Replay.Result result = replay("2024-03-05T00:00");

    assertThat(result.legs().get(recharge(2)))
        .containsExactly(
            Leg.of(SubAccount.PENALTY, BILL_1, cny("0.06")),
            Leg.of(SubAccount.PRINCIPAL, BILL_1, cny("11.94")));
    assertThat(result.legs().get(recharge(3)))
        .containsExactly(Leg.of(SubAccount.PRINCIPAL, BILL_1, cny("12")));
    assertThat(penalties(result))
        .containsExactly(
            "2024-03-02 60.000000 0.060000",
            "2024-03-03 48.060000 0.048060",
            "2024-03-04 36.060000 0.036060");
  }

  /** 100 of the 1st, 50 more on the 10th, 50 less on the 20th: the 50 vanish, the 100 stay. */
  @Test
  void anAdjustmentThatIsTakenBackVanishesWithItsPenalties() {
    charge(BILL_1, "2024-03-01T10:00", "100");
    charge(BILL_2, "2024-03-10T10:00", "50");
    assertThat(replay("2024-03-20T00:00").balances().penalty()).isEqualTo(cny("2.25"));
    history.set(
        1,
        new Charge(
            Cause.bill(BILL_2),
            2,
            at("2024-03-10T10:00"),
            BILL_2,
            cny("0"),
            at("2024-03-10T10:00")));

    Replay.Result result = replay("2024-03-20T00:00");

    assertThat(result.balances().pots())
        .isEqualTo(
            Map.of(
                new Principal(BILL_1, at("2024-03-01T10:00")), cny("-100"),
                new Penalty(BILL_1, at("2024-03-01T10:00")), cny("-1.8")));
    assertThat(result.penalties()).hasSize(18).allMatch(day -> day.bill().equals(BILL_1));
  }

  @Test
  void ofTwoMovementsAtOneInstantTheOneBookedFirstCountsFirst() {
    receive("2024-03-01T10:00", "40");
    charge(BILL_1, "2024-03-01T10:00", "40");
    charge(BILL_2, "2024-03-01T10:00", "0");

    Replay.Result result = replay("2024-03-03T00:00");

    assertThat(result.legs()).containsOnlyKeys(recharge(1), Cause.bill(BILL_1));
    assertThat(result.balances().principal()).isEqualTo(cny("0"));
    assertThat(result.penalties()).isEmpty();
  }

  @Test
  void noMovementIsNegative() {
    assertThatThrownBy(() -> charge(BILL_1, "2024-03-01T10:00", "-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("BILL bill-1 moves -1.000000 CNY; it must not be negative");
  }

  @Test
  void accruingInPiecesIsAccruingAtOnce() {
    charge(BILL_1, "2024-03-01T10:00", "60");
    Books books = replay(AllocationOrder.PRINCIPAL_FIRST, "2024-03-02T00:00").books();
    var accrual = new Replay.Accrual(TERMS, at("2024-03-02T00:00"));
    List<PenaltyDay> days = new ArrayList<>();
    for (String until :
        List.of("2024-03-02T13:00", "2024-03-03T00:00", "2024-03-03T00:00", "2024-03-06T07:00")) {
      days.addAll(accrual.to(books, at(until)));
    }

    assertThat(days)
        .extracting(day -> day.day().toString())
        .containsExactly("2024-03-02", "2024-03-03", "2024-03-04", "2024-03-05");
  }

  private void worked1() {
    receive("2024-03-01T09:00", "40.00");
    charge(BILL_1, "2024-03-01T10:00", "100.00");
    receive("2024-03-04T12:00", "20.00");
    receive("2024-03-05T09:00", "40.00");
  }

  private void correctBillTo(String amount) {
    history.replaceAll(
        movement ->
            movement instanceof Charge charge
                ? new Charge(
                    charge.cause(),
                    charge.sequence(),
                    charge.valueTime(),
                    charge.bill(),
                    cny(amount),
                    charge.dueAt())
                : movement);
  }

  private void charge(BillId bill, String at, String amount) {
    history.add(
        new Charge(Cause.bill(bill), history.size() + 1, at(at), bill, cny(amount), at(at)));
  }

  private void receive(String at, String amount) {
    receive(at, amount, AllocationOrder.PRINCIPAL_FIRST);
  }

  private void receive(String at, String amount, AllocationOrder order) {
    int sequence = history.size() + 1;
    history.add(new Receipt(recharge(sequence), sequence, at(at), cny(amount), order));
  }

  private static Cause recharge(int number) {
    return new Cause(CauseKind.ALIPAY_RECHARGE, "r-" + number);
  }

  private static Cause reversal(int number) {
    return new Cause(CauseKind.ALIPAY_REVERSAL, "r-" + number);
  }

  private void limit(String at, String amount) {
    int sequence = history.size() + 1;
    history.add(new CreditLimit(Cause.creditLimit(sequence), sequence, at(at), cny(amount)));
  }

  private void reverse(String at, String amount) {
    int sequence = history.size() + 1;
    history.add(new Reversal(reversal(sequence), sequence, at(at), cny(amount)));
  }

  private Replay.Result replay(AllocationOrder order, String accruedTo) {
    history.replaceAll(
        movement ->
            movement instanceof Receipt receipt
                ? new Receipt(
                    receipt.cause(),
                    receipt.sequence(),
                    receipt.valueTime(),
                    receipt.amount(),
                    order)
                : movement);
    return replay(accruedTo);
  }

  private Replay.Result replay(String accruedTo) {
    return new Replay(TERMS).run(CNY, history, at(accruedTo));
  }

  private static List<String> penalties(Replay.Result result) {
    return result.penalties().stream()
        .map(day -> day.day() + " " + day.principal().amount() + " " + day.amount().amount())
        .toList();
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(BillingCalendar.SHANGHAI.zone()).toInstant();
  }

  private static Money cny(String amount) {
    return Money.of(amount, CNY);
  }
}
