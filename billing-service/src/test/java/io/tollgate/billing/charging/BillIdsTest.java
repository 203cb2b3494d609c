package io.tollgate.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Ids of bills that were booked must be found again, whatever the code calls its fields. */
class BillIdsTest {
  private static final CycleKey CYCLE =
      new CycleKey(
          AccountId.of("acme"), ProductId.of("compute"), Instant.parse("2026-02-28T16:00:00Z"));

  @Test
  void theBillOfACycleIsTheHashOfItsAccountProductAndStart() {
    assertThat(BillIds.ofCycle(CYCLE).value()).isEqualTo("bill-e3a549ae6ff9dc9038f4db07");
  }

  @Test
  void eachCorrectionOfACycleHasItsOwnId() {
    assertThat(BillIds.ofCorrection(CYCLE, 1).value()).isEqualTo("adj-e3443792e3d939fa36ed8b4f");
    assertThat(BillIds.ofCorrection(CYCLE, 2).value()).isEqualTo("adj-bac5fe89cfedccffca727b3d");
  }
}
