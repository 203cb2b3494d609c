package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.Movement.Charge;
import io.tollgate.billing.money.Movement.Receipt;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An account is the sum of its pots, and each movement goes through them by priority. */
class PotTest {
  private static final Instant FIRST = Instant.parse("2024-03-01T02:00:00Z");
  private static final Instant SECOND = Instant.parse("2024-03-02T02:00:00Z");
  private static final BillId A = BillId.of("a");
  private static final BillId B = BillId.of("b");

  /** Bill a is owed twice, as after a reversal; bill b in between; both are covered in part. */
  private static final Balances BALANCES =
      new Balances(
          cny("7"),
          cny("50"),
          List.of(new Draw(B, SECOND, cny("3")), new Draw(A, FIRST, cny("4"))),
          List.of(
              new Debt(A, FIRST, cny("10"), cny("0.10")),
              new Debt(B, FIRST.plusSeconds(1), cny("20"), cny("0")),
              new Debt(A, SECOND, cny("30"), cny("0"))));

  @Test
  void whatAnAccountHasAndOwesIsTheSumOfItsPots() {
    assertThat(BALANCES.pots())
        .isEqualTo(
            Map.of(
                new Pot.Funds(), cny("7"),
                new Pot.Drawn(A, FIRST), cny("-4"),
                new Pot.Drawn(B, SECOND), cny("-3"),
                new Pot.Principal(A, FIRST), cny("-10"),
                new Pot.Penalty(A, FIRST), cny("-0.10"),
                new Pot.Principal(B, FIRST.plusSeconds(1)), cny("-20"),
                new Pot.Principal(A, SECOND), cny("-30")));
    assertThat(BALANCES.total(SubAccount.FUNDS)).isEqualTo(cny("7"));
    assertThat(BALANCES.total(SubAccount.CREDIT)).isEqualTo(cny("-7"));
    assertThat(BALANCES.total(SubAccount.PRINCIPAL)).isEqualTo(cny("-60"));
    assertThat(BALANCES.total(SubAccount.PENALTY)).isEqualTo(cny("-0.10"));
  }

  @Test
  void moneyGoesBillByBillThenToTheOldestDrawThenToFunds() {
    assertThat(Pot.inOrderOfPayment(BALANCES, AllocationOrder.PRINCIPAL_FIRST))
        .containsExactly(
            new Pot.Principal(A, FIRST),
            new Pot.Principal(A, SECOND),
            new Pot.Penalty(A, FIRST),
            new Pot.Penalty(A, SECOND),
            new Pot.Principal(B, FIRST.plusSeconds(1)),
            new Pot.Penalty(B, FIRST.plusSeconds(1)),
            new Pot.Drawn(A, FIRST),
            new Pot.Drawn(B, SECOND),
            new Pot.Funds());
    assertThat(Pot.inOrderOfPayment(BALANCES, AllocationOrder.PENALTY_FIRST))
        .startsWith(
            new Pot.Penalty(A, FIRST),
            new Pot.Penalty(A, SECOND),
            new Pot.Principal(A, FIRST),
            new Pot.Principal(A, SECOND));
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
            new Balances(
                cny("7"),
                cny("50"),
                List.of(new Draw(A, FIRST, cny("2")), new Draw(B, SECOND, cny("3"))),
                List.of()));
    assertThat(books.apply(receipt("10")))
        .containsExactly(
            Leg.of(SubAccount.CREDIT, A, cny("2")),
            Leg.of(SubAccount.CREDIT, B, cny("3")),
            Leg.of(SubAccount.FUNDS, cny("5")));
  }

  @Test
  void aBillIsTakenFromFundsThenFromCreditAndTheRestIsOwed() {
    Books books = new Books(new Balances(cny("7"), cny("5"), List.of(), List.of()));
    BillId bill = BillId.of("c");
    List<Leg> legs = books.apply(new Charge(Cause.bill(bill), 1, FIRST, bill, cny("20"), SECOND));

    assertThat(legs)
        .containsExactly(
            Leg.of(SubAccount.FUNDS, bill, cny("-7")),
            Leg.of(SubAccount.CREDIT, bill, cny("-5")),
            Leg.of(SubAccount.PRINCIPAL, bill, cny("-8")));
    assertThat(books.balances().pots())
        .isEqualTo(
            Map.of(
                new Pot.Drawn(bill, FIRST), cny("-5"), new Pot.Principal(bill, SECOND), cny("-8")));
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
