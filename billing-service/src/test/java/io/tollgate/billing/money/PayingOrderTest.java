package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.Pot.Drawn;
import io.tollgate.billing.money.Pot.Funds;
import io.tollgate.billing.money.Pot.Penalty;
import io.tollgate.billing.money.Pot.Principal;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What money goes to first where two bills or draws could both come next (C2.2, section 4). */
class PayingOrderTest {
  private static final Instant FIRST = Instant.parse("2024-03-01T02:00:00Z");
  private static final Instant BETWEEN = FIRST.plusSeconds(1);
  private static final Instant SECOND = Instant.parse("2024-03-02T02:00:00Z");
  private static final BillId A = BillId.of("a");
  private static final BillId B = BillId.of("b");
  private static final Money OWED = Money.of("-1", CurrencyCode.CNY);

  @Test
  void ofTwoBillsDueAtOneInstantOneIsPaidWithItsPenaltyAndThenTheOther() {
    assertThat(
            order(
                Map.of(
                    new Principal(A, FIRST), OWED,
                    new Principal(B, FIRST), OWED,
                    new Penalty(A, FIRST), OWED,
                    new Penalty(B, FIRST), OWED)))
        .containsExactly(
            new Principal(A, FIRST),
            new Penalty(A, FIRST),
            new Principal(B, FIRST),
            new Penalty(B, FIRST),
            new Funds());
  }

  /** As after a reversal: it is the bill that is old. */
  @Test
  void whatABillOwesAgainIsPaidWithIt() {
    assertThat(
            order(
                Map.of(
                    new Principal(A, FIRST), OWED,
                    new Principal(B, BETWEEN), OWED,
                    new Principal(A, SECOND), OWED)))
        .containsExactly(
            new Principal(A, FIRST),
            new Principal(A, SECOND),
            new Principal(B, BETWEEN),
            new Funds());
  }

  /** How old the debt of its bill is makes a draw no older. */
  @Test
  void theOldestDrawIsRestoredFirstWhateverItsBillOwes() {
    assertThat(
            order(
                Map.of(
                    new Principal(A, FIRST), OWED,
                    new Drawn(A, SECOND), OWED,
                    new Drawn(B, BETWEEN), OWED)))
        .containsExactly(
            new Principal(A, FIRST), new Drawn(B, BETWEEN), new Drawn(A, SECOND), new Funds());
  }

  @Test
  void neitherAPenaltyNorADrawFallsDue() {
    Balances balances =
        new Balances(
            Money.of("1", CurrencyCode.CNY),
            Map.of(new Penalty(A, SECOND), OWED, new Drawn(B, SECOND), OWED));
    assertThat(balances.nextUnpaid(FIRST)).isEmpty();
  }

  private static Iterable<Pot> order(Map<Pot, Money> pots) {
    return new Pots(CurrencyCode.CNY, pots).inOrderOfPayment(AllocationOrder.PRINCIPAL_FIRST);
  }
}
