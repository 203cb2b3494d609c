package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.Movement.Charge;
import io.tollgate.billing.money.Movement.CreditLimit;
import io.tollgate.billing.money.Movement.Receipt;
import io.tollgate.billing.money.Movement.Reversal;
import io.tollgate.billing.money.Pot.Drawn;
import io.tollgate.billing.money.Pot.Funds;
import io.tollgate.billing.money.Pot.Penalty;
import io.tollgate.billing.money.Pot.Principal;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An account is the sum of its pots, and each movement goes through them by priority. */
class PotTest {
  private static final Instant FIRST = Instant.parse("2024-03-01T02:00:00Z");
  private static final Instant SECOND = Instant.parse("2024-03-02T02:00:00Z");
  private static final BillId A = BillId.of("a");
  private static final BillId B = BillId.of("b");

  /** Bill a is owed twice, as after a reversal; bill b in between; both are covered in part. */
  private static final Balances BALANCES =
      Balances.of(
          cny("7"),
          cny("50"),
          Map.of(
              new Drawn(B, SECOND), cny("-3"),
              new Drawn(A, FIRST), cny("-4"),
              new Principal(A, FIRST), cny("-10"),
              new Penalty(A, FIRST), cny("-0.10"),
              new Principal(B, FIRST.plusSeconds(1)), cny("-20"),
              new Principal(A, SECOND), cny("-30")));

  @Test
  void whatAPartComesToIsTheSumOfItsPots() {
    assertThat(BALANCES.total(SubAccount.FUNDS)).isEqualTo(cny("7"));
    assertThat(BALANCES.total(SubAccount.CREDIT)).isEqualTo(cny("-7"));
    assertThat(BALANCES.total(SubAccount.PRINCIPAL)).isEqualTo(cny("-60"));
    assertThat(BALANCES.total(SubAccount.PENALTY)).isEqualTo(cny("-0.10"));
  }

  @Test
  void moneyGoesBillByBillThenToTheOldestDrawThenToFunds() {
    assertThat(pots(BALANCES).inOrderOfPayment(AllocationOrder.PRINCIPAL_FIRST))
        .containsExactly(
            new Principal(A, FIRST),
            new Principal(A, SECOND),
            new Penalty(A, FIRST),
            new Principal(B, FIRST.plusSeconds(1)),
            new Drawn(A, FIRST),
            new Drawn(B, SECOND),
            new Funds());
    assertThat(pots(BALANCES).inOrderOfPayment(AllocationOrder.PENALTY_FIRST))
        .startsWith(new Penalty(A, FIRST), new Principal(A, FIRST), new Principal(A, SECOND));
  }

  /** Of a bill whose principal is paid, the penalty is owed since the principal was. */
  @Test
  void aBillOfWhichOnlyPenaltyIsUnpaidKeepsItsPlace() {
    Balances balances =
        Balances.of(
            cny("0"),
            cny("0"),
            Map.of(
                new Penalty(B, FIRST), cny("-1"),
                new Principal(A, FIRST.plusSeconds(1)), cny("-1"),
                new Principal(B, SECOND), cny("-1")));
    assertThat(pots(balances).inOrderOfPayment(AllocationOrder.PRINCIPAL_FIRST))
        .containsExactly(
            new Principal(B, SECOND),
            new Penalty(B, FIRST),
            new Principal(A, FIRST.plusSeconds(1)),
            new Funds());
  }

  @Test
  void aBillIsPaidByFundsThenByCreditAndAPenaltyByNoCredit() {
    assertThat(pots(BALANCES).inOrderOfDeduction(new Principal(A, SECOND), FIRST))
        .containsExactly(new Funds(), new Drawn(A, FIRST), new Principal(A, SECOND));
    assertThat(pots(BALANCES).inOrderOfDeduction(new Penalty(A, SECOND), FIRST))
        .containsExactly(new Funds(), new Penalty(A, SECOND));
    Balances empty = Balances.none(CurrencyCode.CNY);
    assertThat(pots(empty).inOrderOfDeduction(new Principal(A, SECOND), FIRST))
        .containsExactly(new Drawn(A, FIRST), new Principal(A, SECOND));
  }

  @Test
  void aPotGivesAndTakesWhatItMay() {
    Funds funds = new Funds();
    assertThat(funds.gives(cny("5"), cny("3"), cny("9"))).isEqualTo(cny("3"));
    assertThat(funds.takes(cny("5"), cny("3"))).isEqualTo(cny("5"));
    Drawn drawn = new Drawn(A, FIRST);
    assertThat(drawn.gives(cny("5"), cny("-3"), cny("4"))).isEqualTo(cny("4"));
    assertThat(drawn.gives(cny("5"), cny("-3"), cny("6"))).isEqualTo(cny("5"));
    for (Pot owed : List.of(new Principal(A, FIRST), new Penalty(A, FIRST))) {
      assertThat(owed.gives(cny("5"), cny("-3"), cny("0"))).isEqualTo(cny("5"));
      assertThat(owed.takes(cny("5"), cny("-3"))).isEqualTo(cny("3"));
      assertThat(owed.takes(cny("2"), cny("-3"))).isEqualTo(cny("2"));
    }
  }

  @Test
  void aPotThatIsEmptyIsGone() {
    Pots pots = pots(BALANCES);
    pots.add(new Principal(A, FIRST), cny("9.99"));
    assertThat(pots.in(new Principal(A, FIRST))).isEqualTo(cny("-0.01"));
    assertThat(pots.earliest(SubAccount.PRINCIPAL)).isEqualTo(FIRST);
    pots.add(new Principal(A, FIRST), cny("0.01"));
    assertThat(pots.of(SubAccount.PRINCIPAL))
        .containsOnlyKeys(new Principal(B, FIRST.plusSeconds(1)), new Principal(A, SECOND));
    assertThat(pots.earliest(SubAccount.PRINCIPAL)).isEqualTo(FIRST.plusSeconds(1));
    assertThat(pots.total(SubAccount.PRINCIPAL)).isEqualTo(cny("-50"));
    assertThat(pots(Balances.none(CurrencyCode.CNY)).earliest(SubAccount.PRINCIPAL))
        .isEqualTo(Instant.MAX);
  }

  @Test
  void aReceiptFillsThePotsInThatOrderAndTheirPartsAreItsLegs() {
    Books books = new Books(BALANCES);
    List<Leg> legs = books.apply(receipt("62.10"));

    assertThat(legs)
        .containsExactly(
            Leg.of(SubAccount.PRINCIPAL, A, cny("40")),
            Leg.of(SubAccount.PENALTY, A, cny("0.10")),
            Leg.of(SubAccount.PRINCIPAL, B, cny("20")),
            Leg.of(SubAccount.CREDIT, A, cny("2")));
    assertThat(books.balances())
        .isEqualTo(
            Balances.of(
                cny("7"),
                cny("50"),
                Map.of(new Drawn(A, FIRST), cny("-2"), new Drawn(B, SECOND), cny("-3"))));
    assertThat(books.apply(receipt("10")))
        .containsExactly(
            Leg.of(SubAccount.CREDIT, A, cny("2")),
            Leg.of(SubAccount.CREDIT, B, cny("3")),
            Leg.of(SubAccount.FUNDS, cny("5")));
  }

  @Test
  void aBillIsTakenFromFundsThenFromCreditAndTheRestIsOwed() {
    Books books = new Books(Balances.of(cny("7"), cny("5"), Map.of()));
    BillId bill = BillId.of("c");
    List<Leg> legs = books.apply(new Charge(Cause.bill(bill), 1, FIRST, bill, cny("20"), SECOND));

    assertThat(legs)
        .containsExactly(
            Leg.of(SubAccount.FUNDS, bill, cny("-7")),
            Leg.of(SubAccount.CREDIT, bill, cny("-5")),
            Leg.of(SubAccount.PRINCIPAL, bill, cny("-8")));
    assertThat(books.balances().pots())
        .isEqualTo(
            Map.of(new Drawn(bill, FIRST), cny("-5"), new Principal(bill, SECOND), cny("-8")));
  }

  /** Whatever moves, what changes in the pots of a bill and part is what the legs say. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatTheLegsSayIsWhatThePotsChangeBy(long seed) {
    Random random = new Random(seed);
    Books books = Books.from(Checkpoint.beginning(CurrencyCode.CNY));
    Money in = cny("0");
    for (int step = 1; step <= 200; step++) {
      Movement movement = movement(random, step, in);
      Map<String, Money> before = byBillAndPart(books.balances());
      List<Leg> legs = books.apply(movement);
      for (Leg leg : legs) {
        before.merge(
            key(leg.subAccount(), leg.bill().map(BillId::value).orElse("")),
            leg.amount(),
            Money::plus);
      }
      before.values().removeIf(Money::isZero);
      assertThat(byBillAndPart(books.balances()))
          .as("seed %d, step %d: %s", seed, step, movement)
          .isEqualTo(before);
      in = in.plus(cameIn(movement));
    }
  }

  private static Movement movement(Random random, int step, Money in) {
    Instant at = FIRST.plusSeconds(step / 2);
    Money amount =
        Money.of(BigDecimal.valueOf(random.nextInt(1, 5_000), 2).toString(), CurrencyCode.CNY);
    return switch (random.nextInt(in.compareTo(amount) < 0 ? 3 : 4)) {
      case 0 -> {
        BillId bill = BillId.of("b-" + step);
        Instant dueAt = at.plusSeconds(random.nextInt(100));
        yield new Charge(Cause.bill(bill), step, at, bill, amount, dueAt);
      }
      case 1 ->
          new Receipt(
              new Cause(CauseKind.ALIPAY_RECHARGE, "r-" + step),
              step,
              at,
              amount,
              random.nextBoolean()
                  ? AllocationOrder.PRINCIPAL_FIRST
                  : AllocationOrder.PENALTY_FIRST);
      case 2 -> new CreditLimit(Cause.creditLimit(step), step, at, amount);
      default -> new Reversal(new Cause(CauseKind.ALIPAY_REVERSAL, "r-" + step), step, at, amount);
    };
  }

  private static Money cameIn(Movement movement) {
    return switch (movement) {
      case Receipt receipt -> receipt.amount();
      case Reversal reversal -> reversal.amount().negated();
      case Charge charge -> cny("0");
      case CreditLimit limit -> cny("0");
    };
  }

  /** Funds are of no bill, whichever bill they paid. */
  private static String key(SubAccount part, String bill) {
    return part == SubAccount.FUNDS ? "FUNDS" : part + " " + bill;
  }

  private static Map<String, Money> byBillAndPart(Balances balances) {
    Map<String, Money> sums = new HashMap<>();
    balances
        .pots()
        .forEach(
            (pot, amount) -> sums.merge(key(pot.part(), pot.reference()), amount, Money::plus));
    return sums;
  }

  private static Pots pots(Balances balances) {
    return new Pots(CurrencyCode.CNY, balances.pots());
  }

  private static Receipt receipt(String amount) {
    return new Receipt(
        new Cause(CauseKind.ALIPAY_RECHARGE, "r"),
        1,
        SECOND,
        cny(amount),
        AllocationOrder.PRINCIPAL_FIRST);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
