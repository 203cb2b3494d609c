package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.client.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One amount is bounded, so that sums have room; and what a sum has no room for is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AmountBoundsIT {
  private Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.open(List.of("bounded", "overfull"), "2024-03-01T00:00");
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  @Test
  void noAmountIsEnteredThatHasMoreThanFifteenDigitsBeforeThePoint() {
    refused(
        "/v1/accounts/bounded/recharges",
        "{'channel':'ALIPAY','transaction':'big','amount':'90000000000000000000'}");
    refused(
        "/v1/accounts/bounded/adjustments",
        "{'amount':'1000000000000000','rule':'C2.3','reason':'too much'}");
    for (String path : List.of("credit-limit", "low-balance-threshold")) {
      Answer answer =
          billing
              .operator()
              .put("/v1/accounts/bounded/" + path, "{'amount':'1000000000000000','reason':'x'}");
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.toString()).contains("15 digits before the point", "1000000000000000");
    }
    billing.product("fee", "DAY", "1");
    refused(
        "/v1/products/fee/prices",
        "{'effectiveFrom':'2024-04-30T16:00:00Z','flatFee':'1000000000000000'}");
    assertThat(billing.recharge("bounded", "most", "999999999999999.999999").status())
        .isEqualTo(201);
    assertThat(billing.balance("bounded", "funds")).isEqualTo("999999999999999.999999");
    billing.assertGreen();
  }

  private void refused(String path, String body) {
    Answer answer = billing.operator().post(path, body);
    assertThat(answer.status()).as(path).isEqualTo(400);
    assertThat(answer.toString()).contains("15 digits before the point");
  }

  /** What a sum would be past is the request's to be refused, and nobody's failure. */
  @Test
  void aRechargeThatWouldOverflowTheBalanceIsRefused() {
    funds("99999999999999999999");
    Answer answer = billing.recharge("overfull", "overflow", "100000000000000");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.problem()).isEqualTo("amount-out-of-bounds");
    assertThat(billing.balance("overfull", "funds")).isEqualTo("99999999999999999999.000000");
    funds("0");
    billing.assertGreen();
  }

  private void funds(String amount) {
    assertThat(
            billing
                .service()
                .bean(JdbcClient.class)
                .sql("update account set funds = :funds::numeric where account_id = 'overfull'")
                .param("funds", amount)
                .update())
        .isEqualTo(1);
  }
}
