package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an account's parts refuse, in words that say of what; and the last value they take. */
class RefusalsTest {
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");
  private static final BillId BILL = BillId.of("bill-1");

  @Test
  void aRefusalNamesTheAmounts() {
    refused(
        () -> new Balances(cny("-1"), cny("2"), List.of(), List.of()),
        "funds -1.000000 CNY and credit limit 2.000000 CNY must not be negative");
    refused(
        () -> new Debt(BILL, AT, cny("1"), Money.of("2", CurrencyCode.of("USD"))),
        "a debt in two currencies: 1.000000 CNY and 2.000000 USD");
    refused(
        () -> new PenaltyDay(BILL, LocalDate.parse("2024-03-02"), cny("3"), cny("0")),
        "a penalty of 0.000000 CNY on 3.000000 CNY; both must be above 0");
    Draw one = new Draw(BILL, AT, cny("1"));
    Draw other = new Draw(BILL, AT, cny("2"));
    refused(
        () -> new Balances(cny("0"), cny("9"), List.of(one, other), List.of()),
        "two of one bill and time: %s and %s".formatted(one, other));
  }

  @Test
  void theIdOfACauseHasTwoHundredCharactersAtMost() {
    String longest = "x".repeat(200);
    assertThat(new Cause(CauseKind.ADJUSTMENT, longest).id()).isEqualTo(longest);
    refused(
        () -> new Cause(CauseKind.ADJUSTMENT, longest + "x"),
        "the id of a cause has 1 to 200 characters: \"" + longest + "x\"");
    refused(
        () -> new Cause(CauseKind.ADJUSTMENT, " "),
        "the id of a cause has 1 to 200 characters: \" \"");
  }

  @Test
  void movementsAreNumberedFromOne() {
    Cause recharge = new Cause(CauseKind.ALIPAY_RECHARGE, "r-1");
    refused(
        () -> new Movement.Receipt(recharge, 0, AT, cny("1"), AllocationOrder.PRINCIPAL_FIRST),
        "ALIPAY_RECHARGE r-1 moves 1.000000 CNY; movements are numbered from 1");
    Cause limit = Cause.creditLimit(0);
    refused(
        () -> new Movement.CreditLimit(limit, 0, AT, cny("1")),
        "CREDIT_LIMIT 0 moves 1.000000 CNY; movements are numbered from 1");
  }

  private static void refused(Runnable made, String why) {
    assertThatIllegalArgumentException().isThrownBy(made::run).withMessage(why);
  }

  /** What is left of a bill is only its penalty: nothing of it will be owed. */
  @Test
  void aPenaltyAloneNeverFallsDue() {
    Debt penalty = new Debt(BILL, AT.plusSeconds(1), cny("0"), cny("0.1"));
    Balances balances = new Balances(cny("0"), cny("0"), List.of(), List.of(penalty));
    assertThat(balances.nextUnpaid(AT)).isEmpty();
    assertThat(balances.earliestOwed(AT.plusSeconds(1))).isEmpty();
  }

  @Test
  void theOrderOfStoredPotsMakesNoDifference() {
    Map<Pot, Money> pots = new LinkedHashMap<>();
    pots.put(new Pot.Penalty(BILL, AT), cny("-0.1"));
    pots.put(new Pot.Principal(BILL, AT), cny("-100"));
    assertThat(Balances.of(cny("0"), cny("0"), pots).debts())
        .containsExactly(new Debt(BILL, AT, cny("100"), cny("0.1")));
  }

  /** At midnight of the 5th the 4th is accrued, which a debt of the 4th does not cost. */
  @Test
  void aNewDebtCostsNoDayThatIsAccruedWhenItFallsDueADayBefore() {
    PenaltyTerms terms =
        new PenaltyTerms(BillingCalendar.SHANGHAI, (bill, day) -> new BigDecimal("0.001"));
    Instant midnightOfTheFifth = Instant.parse("2024-03-04T16:00:00Z");
    Instant midnightOfTheFourth = Instant.parse("2024-03-03T16:00:00Z");
    assertThat(terms.firstWithoutPenalty(midnightOfTheFifth)).isEqualTo(midnightOfTheFourth);
    assertThat(terms.firstWithoutPenalty(midnightOfTheFifth.plusSeconds(86_399)))
        .isEqualTo(midnightOfTheFourth);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
