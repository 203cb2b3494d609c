package io.tollgate.billing.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.AdjustmentId;
import io.tollgate.model.BillId;
import io.tollgate.model.RechargeId;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CauseTest {

  /** What the tables hold: other names would be other causes, and be booked again. */
  @Test
  void causesAreStoredAsTheyWere() {
    assertThat(Cause.bill(BillId.of("b-1"))).isEqualTo(new Cause(CauseKind.BILL, "b-1"));
    assertThat(Cause.penaltyDay(BillId.of("b-1"), LocalDate.parse("2024-03-02")))
        .isEqualTo(new Cause(CauseKind.PENALTY_DAY, "b-1:2024-03-02"));
    assertThat(Cause.recharge(CauseKind.ALIPAY_REVERSAL, RechargeId.of("r-1")))
        .isEqualTo(new Cause(CauseKind.ALIPAY_REVERSAL, "r-1"));
    assertThat(Cause.creditLimit(7)).isEqualTo(new Cause(CauseKind.CREDIT_LIMIT, "7"));
    assertThat(Cause.adjustment(AdjustmentId.of("a-1")))
        .isEqualTo(new Cause(CauseKind.ADJUSTMENT, "a-1"));
  }

  @Test
  void everyKindNamesItsContraAccount() {
    assertThat(Arrays.stream(CauseKind.values()).map(kind -> kind + " " + kind.contra()))
        .containsExactly(
            "BILL REVENUE",
            "PENALTY_DAY PENALTY_INCOME",
            "ALIPAY_RECHARGE ALIPAY",
            "ALIPAY_REVERSAL ALIPAY",
            "ONLINE_BANKING_RECHARGE ONLINE_BANKING",
            "ONLINE_BANKING_REVERSAL ONLINE_BANKING",
            "REMITTANCE_RECHARGE REMITTANCE",
            "REMITTANCE_REVERSAL REMITTANCE",
            "CREDIT_LIMIT CREDIT",
            "ADJUSTMENT ADJUSTMENTS");
  }

  /** The audit compares the postings of these kinds with recharges. */
  @Test
  void rechargesAreBookedByTheKindsOfChannels() {
    assertThat(CauseKind.ofRecharges())
        .containsExactly(
            CauseKind.ALIPAY_RECHARGE,
            CauseKind.ALIPAY_REVERSAL,
            CauseKind.ONLINE_BANKING_RECHARGE,
            CauseKind.ONLINE_BANKING_REVERSAL,
            CauseKind.REMITTANCE_RECHARGE,
            CauseKind.REMITTANCE_REVERSAL);
  }

  @Test
  void aCauseHasAnId() {
    assertThatThrownBy(() -> new Cause(CauseKind.BILL, " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Cause(CauseKind.BILL, "x".repeat(201)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
