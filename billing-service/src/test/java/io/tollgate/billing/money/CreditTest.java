package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Draws on an account's credit, and what restores them (section 4). */
class CreditTest {
  private static final BillId BILL = BillId.of("bill-1");
  private static final BillId OTHER = BillId.of("bill-2");
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");

  @Test
  void nothingIsDrawnAboveTheLimit() {
    Credit credit = new Credit(cny("50"), List.of());
    assertThat(credit.draw(BILL, cny("30"), AT)).isEqualTo(cny("30"));
    assertThat(credit.draw(OTHER, cny("30"), AT)).isEqualTo(cny("20"));
    assertThat(credit.draw(OTHER, cny("1"), AT.plusSeconds(1))).isEqualTo(cny("0"));
    assertThat(credit.draws())
        .containsExactly(new Draw(BILL, AT, cny("30")), new Draw(OTHER, AT, cny("20")));
  }

  @Test
  void underALoweredLimitADrawCoversNothing() {
    Credit credit = new Credit(cny("50"), List.of(new Draw(BILL, AT, cny("30"))));
    credit.limitTo(cny("10"));
    assertThat(credit.draw(OTHER, cny("5"), AT)).isEqualTo(cny("0"));
    assertThat(credit.draws()).containsExactly(new Draw(BILL, AT, cny("30")));
  }

  @Test
  void aDrawTakesWhatItIsAndNoMore() {
    Credit credit = new Credit(cny("50"), List.of(new Draw(BILL, AT, cny("30"))));
    Pot.Drawn pot = new Pot.Drawn(BILL, AT);
    assertThat(credit.restore(pot, cny("10"))).isEqualTo(cny("10"));
    assertThat(credit.draws()).containsExactly(new Draw(BILL, AT, cny("20")));
    assertThat(credit.restore(pot, cny("21"))).isEqualTo(cny("20"));
    assertThat(credit.draws()).isEmpty();
    assertThat(credit.draw(OTHER, cny("60"), AT)).isEqualTo(cny("50"));
  }

  @Test
  void whatWasNeverDrawnTakesNothing() {
    Credit credit = new Credit(cny("50"), List.of(new Draw(BILL, AT, cny("30"))));
    for (Pot.Drawn none :
        List.of(
            new Pot.Drawn(OTHER, AT),
            new Pot.Drawn(BILL, AT.plusSeconds(1)),
            new Pot.Drawn(BILL, AT.minusSeconds(1)))) {
      assertThat(credit.restore(none, cny("10"))).as(none.toString()).isEqualTo(cny("0"));
    }
    assertThat(credit.draws()).containsExactly(new Draw(BILL, AT, cny("30")));
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
