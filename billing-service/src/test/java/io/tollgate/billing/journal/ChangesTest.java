package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.Pot;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private static final Instant DUE = Instant.parse("2026-03-01T02:00:00Z");

  private static Pot owed(String bill) {
    return new Pot.Principal(BillId.of(bill), DUE);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }

  @Test
  void onlyWhatChangedIsWrittenAgain() {
    Changes changes =
        Changes.between(
            Map.of(owed("b1"), cny("-60"), owed("b2"), cny("-30"), owed("b3"), cny("-5")),
            Map.of(owed("b2"), cny("-20.12"), owed("b3"), cny("-5"), owed("b4"), cny("-7")));
    assertThat(changes.gone()).containsOnlyKeys(owed("b1"));
    assertThat(changes.changed()).isEqualTo(Map.of(owed("b2"), cny("-20.12")));
    assertThat(changes.added()).isEqualTo(Map.of(owed("b4"), cny("-7")));
  }

  @Test
  void nothingIsWrittenWhereNothingChanged() {
    Changes changes =
        Changes.between(Map.of(owed("b1"), cny("-60")), Map.of(owed("b1"), cny("-60.000000")));
    assertThat(changes).isEqualTo(new Changes(Map.of(), Map.of(), Map.of()));
  }
}
