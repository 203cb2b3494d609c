package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract's worked examples (section 5) through the running service. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkedExamplesIT {
  private Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T08:00");
    billing.product("vm", "HOUR", "1");
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  @Test
  void workedExampleOneThenThree() {
    billing.open("w1", "2024-03-01T08:00");
    assertThat(billing.recharge("w1", "w1-a", "40.00").text("/allocation/toFunds/amount"))
        .isEqualTo("40.000000");
    billing.usage(
        Granularity.HOUR, "w1", "i-w1", "vm", "2024-03-01T09:00", "100", 1, "2024-03-01T10:00");
    billing.closed(Granularity.HOUR, "2024-03-01T10:00", "2024-03-01T10:00");

    billing.stepTo("2024-03-01T12:00");

    assertThat(billing.balance("w1", "owed")).isEqualTo("60.000000");
    assertThat(billing.balance("w1", "funds")).isEqualTo("0.000000");
    List<BillingEvent.ArrearsBegan> began =
        Wire.heard(
            Topics.BILLING_EVENTS, "w1", BillingEvent.CODEC, BillingEvent.ArrearsBegan.class);
    assertThat(began).hasSize(1);
    assertThat(began.getFirst().earliestDueAt()).isEqualTo(Billing.local("2024-03-01T10:00"));

    billing.stepTo("2024-03-04T12:00");
    assertThat(penalties("w1"))
        .containsExactly("2024-03-03 60.000000 0.060000", "2024-03-02 60.000000 0.060000");
    var unused = billing.recharge("w1", "w1-b", "20.00");
    billing.stepTo("2024-03-05T09:00");
    assertThat(penalties("w1").getFirst()).isEqualTo("2024-03-04 40.000000 0.040000");
    assertThat(billing.recharge("w1", "w1-c", "40.00").text("/allocation/toPrincipal/amount"))
        .isEqualTo("40.000000");
    assertThat(billing.balance("w1", "owed")).isEqualTo("0.000000");
    assertThat(billing.balance("w1", "penalty")).isEqualTo("0.160000");
    billing.stepTo("2024-03-10T00:00");
    assertThat(penalties("w1")).hasSize(3);

    billing.usage(
        Granularity.HOUR, "w1", "i-w1", "vm", "2024-03-01T09:00", "70", 2, "2024-03-10T10:00");
    billing.closed(Granularity.HOUR, "2024-03-10T10:00", "2024-03-10T10:00");
    billing.stepTo("2024-03-10T12:00");

    assertThat(penalties("w1"))
        .containsExactly(
            "2024-03-04 10.000000 0.010000",
            "2024-03-03 30.000000 0.030000",
            "2024-03-02 30.000000 0.030000");
    assertThat(billing.balance("w1", "funds")).isEqualTo("29.930000");
    assertThat(billing.balance("w1", "penalty")).isEqualTo("0.000000");
  }

  private List<String> penalties(String account) {
    return billing.penalties(account, "principal", "amount");
  }
}
