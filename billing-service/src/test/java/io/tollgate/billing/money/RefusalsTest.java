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
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an account's parts refuse, in words that say of what; and the last value they take. */
class RefusalsTest {
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");
  private static final CurrencyCode USD = CurrencyCode.of("USD");
  private static final BillId BILL = BillId.of("bill-1");

  @Test
  void aRefusalNamesTheAmounts() {
    refused(
        () -> new Balances(cny("1"), Map.of(new Pot.Funds(), Money.of("2", USD))),
        "mixed currencies in one account: 2.000000 USD and 1.000000 CNY");
    Pot.Principal owed = new Pot.Principal(BILL, AT);
    refused(
        () -> new Balances(cny("0"), Map.of(owed, cny("3"))), "3.000000 CNY cannot lie in " + owed);
    refused(
        () -> new PenaltyDay(BILL, LocalDate.parse("2024-03-02"), cny("3"), cny("0")),
        "a penalty of 0.000000 CNY on 3.000000 CNY; both must be above 0");
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
