package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.Debt;
import io.tollgate.model.BillId;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangesTest {

  private static final Instant DUE = Instant.parse("2026-03-01T02:00:00Z");
  private static final CurrencyCode CNY = CurrencyCode.of("CNY");

  private static Debt debt(String bill, String principal, String penalty) {
    return new Debt(BillId.of(bill), DUE, Money.of(principal, CNY), Money.of(penalty, CNY));
  }

  private static Changes<Debt> between(List<Debt> stored, List<Debt> now) {
    return Changes.between(stored, now, Debt::bill);
  }

  @Test
  void onlyWhatChangedIsWrittenAgain() {
    Changes<Debt> changes =
        between(
            List.of(debt("b1", "60", "0.12"), debt("b2", "30", "0.03"), debt("b3", "5", "0")),
            List.of(debt("b2", "20.12", "0.03"), debt("b3", "5", "0"), debt("b4", "7", "0")));
    assertThat(changes.gone()).containsExactly(debt("b1", "60", "0.12"));
    assertThat(changes.changed()).containsExactly(debt("b2", "20.12", "0.03"));
    assertThat(changes.added()).containsExactly(debt("b4", "7", "0"));
  }

  @Test
  void nothingIsWrittenWhereNothingChanged() {
    Changes<Debt> changes =
        between(List.of(debt("b1", "60", "0")), List.of(debt("b1", "60.000000", "0")));
    assertThat(changes.gone()).isEmpty();
    assertThat(changes.changed()).isEmpty();
    assertThat(changes.added()).isEmpty();
  }
}
