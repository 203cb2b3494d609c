package io.tollgate.billing.payment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A transaction number that comes again, years later, must find its recharge (C2.2). */
class RechargeIdTest {

  @Test
  void theIdOfARechargeIsItsChannelAndTransaction() {
    assertThat(RechargeController.idOf(Channel.ALIPAY, "t-1").value())
        .isEqualTo("rch-9b8d32bc-4b36-3525-abdf-0de23d5b421e");
    assertThat(RechargeController.idOf(Channel.REMITTANCE, "t-1").value())
        .isEqualTo("rch-f6543726-dab2-3eb9-bc60-463d0c114429");
  }
}
