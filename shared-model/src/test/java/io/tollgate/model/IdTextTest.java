package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids of events, commands and notices are joined from these texts: none may ever say more. */
class IdTextTest {

  @Test
  void theTextOfAnIdIsItsValueAndNothingElse() {
    assertThat(
            List.of(
                AccountId.of("x-1"),
                AdjustmentId.of("x-1"),
                BillId.of("x-1"),
                CommandId.of("x-1"),
                InstanceId.of("x-1"),
                NoticeId.of("x-1"),
                PlatformId.of("x-1"),
                ProductId.of("x-1"),
                RechargeId.of("x-1")))
        .extracting(Object::toString)
        .containsOnly("x-1");
    assertThat(MeterKey.of("cpu")).hasToString("cpu");
    assertThat(CurrencyCode.of("CNY")).hasToString("CNY");
    assertThat(new RuleId("C2.3")).hasToString("C2.3");
  }
}
