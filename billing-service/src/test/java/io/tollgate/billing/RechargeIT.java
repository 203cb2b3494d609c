package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.User;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Recharges (C2.2): once each, remittances confirmed, races exact. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RechargeIT {
  private Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("vm", "HOUR", "1");
    for (String account : List.of("r1", "r2", "r3", "r4", "r5")) {
      billing.open(account, "2024-03-01T00:00");
    }
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  @Test
  void theSameTransactionIsOneRechargeAndAnotherAmountAConflict() {
    assertThat(billing.recharge("r1", "once", "5").status()).isEqualTo(201);
    assertThat(billing.recharge("r1", "once", "5").status()).isEqualTo(201);
    assertThat(billing.recharge("r1", "once", "6").status()).isEqualTo(409);
    assertThat(billing.recharge("r2", "once", "5").status()).isEqualTo(409);

    assertThat(billing.balance("r1", "funds")).isEqualTo("5.000000");
  }

  @Test
  void badAmountsAreRefused() {
    for (String amount : List.of("0", "-1", "1e3", "0.0000001", "abc", "")) {
      assertThat(billing.recharge("r1", "bad-" + amount, amount).status())
          .as(amount)
          .isEqualTo(400);
    }
    assertThat(billing.recharge("nobody", "t-x", "1").status()).isEqualTo(404);
  }

  @Test
  void aRemittanceWaitsForItsConfirmationAndAWrongPayeeStaysUnmatched() {
    User.Answer waiting = remit("r3", "wire-1", "TOLLGATE-0001");
    assertThat(waiting.text("/state")).isEqualTo("PENDING");
    assertThat(billing.balance("r3", "funds")).isEqualTo("0.000000");

    User.Answer confirmed =
        billing
            .operator()
            .post("/v1/recharges/" + waiting.text("/recharge") + "/confirmation", "{}");
    assertThat(confirmed.text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("r3", "funds")).isEqualTo("7.500000");

    User.Answer unmatched = remit("r3", "wire-2", "SOMEBODY-ELSE");
    assertThat(unmatched.text("/state")).isEqualTo("UNMATCHED");
    assertThat(
            billing
                .operator()
                .post("/v1/recharges/" + unmatched.text("/recharge") + "/confirmation", "{}")
                .status())
        .isEqualTo(422);
  }

  private User.Answer remit(String account, String transaction, String payee) {
    return billing
        .operator()
        .post(
            "/v1/accounts/" + account + "/recharges",
            "{'channel':'REMITTANCE','transaction':'%s','amount':'7.5','payee':'%s'}"
                .formatted(transaction, payee));
  }

  @Test
  void creditIsDrawnAfterFundsAndRestoredAfterWhatIsOwed() {
    var unused = billing.recharge("r4", "r4-1", "40");
    assertThat(
            billing
                .operator()
                .put("/v1/accounts/r4/credit-limit", "{'amount':'50','reason':'trusted'}")
                .status())
        .isEqualTo(200);
    billing.usage(
        Granularity.HOUR, "r4", "i-r4", "vm", "2024-03-01T00:00", "100", 1, "2024-03-01T01:00");
    billing.closed(Granularity.HOUR, "2024-03-01T01:00", "2024-03-01T01:00");
    assertThat(
            billing
                .service()
                .customer("r4")
                .put("/v1/accounts/r4/low-balance-threshold", "{'amount':'15'}")
                .status())
        .isEqualTo(200);
    billing.stepTo("2024-03-01T01:00");

    assertThat(
            Wire.heard(
                Topics.BILLING_EVENTS, "r4", BillingEvent.CODEC, BillingEvent.LowBalance.class))
        .singleElement()
        .satisfies(low -> assertThat(low.available().toString()).isEqualTo("0.000000 CNY"));
    assertThat(billing.balance("r4", "owed")).isEqualTo("10.000000");
    assertThat(billing.balance("r4", "creditDrawn")).isEqualTo("50.000000");

    User.Answer paid = billing.recharge("r4", "r4-2", "25");
    assertThat(paid.text("/allocation/toPrincipal/amount")).isEqualTo("10.000000");
    assertThat(paid.text("/allocation/toCredit/amount")).isEqualTo("15.000000");
  }

  @Test
  void manyAtOnceAddUpExactly() throws InterruptedException {
    int recharges = 64;
    List<Callable<Integer>> work =
        IntStream.range(0, recharges)
            .<Callable<Integer>>mapToObj(
                i -> () -> billing.recharge("r5", "r5-" + i % (recharges / 2), "0.01").status())
            .toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      var results = threads.invokeAll(work);
      assertThat(results).allSatisfy(result -> assertThat(result.get()).isIn(201, 503));
    }
    IntStream.range(0, recharges / 2).forEach(i -> billing.recharge("r5", "r5-" + i, "0.01"));

    assertThat(billing.balance("r5", "funds")).isEqualTo("0.320000");
  }
}
