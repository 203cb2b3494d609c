package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.support.web.Paging;
import io.tollgate.testing.Await;
import io.tollgate.testing.SharedInfrastructure;
import io.tollgate.testing.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recharges (C2.2): once each, remittances confirmed, races exact. */
class RechargeIT extends BillingTest {

  @Override
  List<String> accounts() {
    return List.of("r1", "r2", "r4", "r5", "r6", "r7", "r8", "r9", "r10");
  }

  /** Fuzzing had a 500 of each. */
  @Test
  void anAmountThatIsMissingIsTheRequestsFault() {
    for (String path : List.of("credit-limit", "low-balance-threshold")) {
      assertThat(billing.operator().put("/v1/accounts/r1/" + path, "{}").status()).isEqualTo(400);
    }
  }

  @Test
  void theSameTransactionIsOneRechargeAndAnotherAmountAConflict() {
    assertThat(billing.recharge("r1", "once", "5").status()).isEqualTo(201);
    assertThat(billing.recharge("r1", "once", "5").status()).isEqualTo(200);
    assertThat(billing.recharge("r1", "once", "6").status()).isEqualTo(409);
    assertThat(billing.recharge("r2", "once", "5").status()).isEqualTo(409);

    assertThat(billing.balance("r1", "funds")).isEqualTo("5.000000");
  }

  /** Another time of payment, or another payee, was answered as if it had been taken. */
  @Test
  void aTransactionIsTheSameOnlyWithTheSameContent() {
    String alipay =
        "{'channel':'ALIPAY','transaction':'whole','amount':'5','paidAt':'2024-02-29T08:00:00.123456789Z'}";
    Answer first = report("r8", alipay);
    assertThat(first.status()).isEqualTo(201);
    assertThat(first.text("/paidAt")).isEqualTo("2024-02-29T08:00:00.123456Z");
    Answer repeated = report("r8", alipay);
    assertThat(repeated.status()).isEqualTo(200);
    assertThat(repeated.body()).isEqualTo(first.body());
    assertThat(report("r8", "{'channel':'ALIPAY','transaction':'whole','amount':'5.00'}").status())
        .isEqualTo(200);
    assertThat(report("r8", alipay.replace("T08", "T09")).text("/detail"))
        .isEqualTo("transaction whole of ALIPAY was received before with another paidAt");
    assertThat(report("r9", alipay.replace("'5'", "'6'").replace("T08", "T09")).text("/detail"))
        .isEqualTo(
            "transaction whole of ALIPAY was received before with another account and another"
                + " amount and another paidAt");

    Answer wire = remit("whole", "SOMEBODY");
    assertThat(wire.status()).isEqualTo(201);
    assertThat(remit("whole", "SOMEBODY").status()).isEqualTo(200);
    assertThat(remit("whole", "SOMEBODY ELSE").text("/detail"))
        .isEqualTo("transaction whole of REMITTANCE was received before with another payee");
  }

  /** A second decision that says otherwise was answered as if it counted. */
  @Test
  void aDecisionIsRepeatedOnlyWithTheSameContent() {
    Answer confirmed = enter("r8", "whole-1", "3");
    String date = "{'valueTime':'2024-02-28T16:00:00Z'}";
    assertThat(decide(confirmed, "confirmation", date).text("/valueTime"))
        .isEqualTo("2024-02-28T16:00:00Z");
    assertThat(decide(confirmed, "confirmation", date).status()).isEqualTo(200);
    assertThat(decide(confirmed, "confirmation", "{}").status()).isEqualTo(200);
    assertThat(decide(confirmed, "confirmation", "{'valueTime':'2024-02-27T16:00:00Z'}").problem())
        .isEqualTo("recharge-decided");

    Answer rejected = enter("r8", "whole-2", "3");
    assertThat(decide(rejected, "rejection", "{'reason':'sent twice'}").status()).isEqualTo(200);
    assertThat(decide(rejected, "rejection", "{'reason':'sent twice'}").status()).isEqualTo(200);
    assertThat(decide(rejected, "rejection", "{'reason':'not ours'}").problem())
        .isEqualTo("recharge-decided");

    String payee = "/v1/payee-accounts/6222-0009";
    assertThat(billing.operator().put(payee, "{'account':'r9','agreement':'2024-7'}").status())
        .isEqualTo(200);
    assertThat(billing.operator().put(payee, "{'account':'r9'}").text("/agreement"))
        .isEqualTo("2024-7");
    assertThat(
            billing.operator().put(payee, "{'account':'r9','agreement':'2024-8'}").text("/detail"))
        .isEqualTo("payee account 6222-0009 was assigned to account r9 under agreement \"2024-7\"");
  }

  /** Blank reasons of some requests went onto the customer's trail. */
  @Test
  void aReasonSaysSomething() {
    Answer wire = remit("reasonless", "SOMEBODY");
    for (String blank : List.of("", "  ", "\u3000")) {
      String reason = "'reason':'" + blank + "'}";
      for (Answer refused :
          List.of(
              billing.operator().put("/v1/accounts/r1/credit-limit", "{'amount':'5'," + reason),
              setLowBalance("r1", "threshold", "{'amount':'5'," + reason),
              setLowBalance("r1", "forecast", "{'days':5," + reason),
              decide(wire, "assignment", "{'account':'r1'," + reason),
              decide(wire, "rejection", "{" + reason),
              billing
                  .operator()
                  .post("/v1/accounts/r1/adjustments", "{'amount':'5','rule':'C2.2'," + reason),
              billing
                  .operator()
                  .post(
                      "/v1/force-majeure",
                      "{'accounts':['r1'],'from':'2024-03-01T00:00:00Z','to':'2024-03-02T00:00:00Z',"
                          + reason),
              billing.operator().post("/v1/products/vm/prices/1/withdrawal", "{" + reason))) {
        assertThat(refused.text("/detail"))
            .isEqualTo("reason: must have 1 to 500 characters, and is blank");
      }
    }
    assertThat(
            billing
                .operator()
                .post("/v1/products", "{'product':'x','name':'x','cycle':'DAY','kind':'SHOES'}")
                .text("/detail"))
        .isEqualTo("kind: must be one of CLOUD_SERVICE, not \"SHOES\"");
  }

  /** Three spellings of one number were three credits. */
  @Test
  void aNumberThatLooksLikeAnotherIsRefusedWithTheReason() {
    assertThat(billing.recharge("r7", "TX-17", "5").status()).isEqualTo(201);
    for (String number : List.of("TX-17 ", " TX-17", "TX-17\u00a0", "TX-\u200b17", "TX-e\u0301")) {
      Answer refused = billing.recharge("r7", number, "5");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("/errors/0/field")).isEqualTo("transaction");
    }
    assertThat(billing.recharge("r7", "TX-17 ", "5").text("/detail"))
        .isEqualTo("transaction: must not begin or end with a space: \"TX-17 \"");
    assertThat(billing.balance("r7", "funds")).isEqualTo("5.000000");
    String recharge = billing.operator().get("/v1/accounts/r7/recharges").text("/items/0/recharge");
    assertThat(
            billing
                .operator()
                .post("/v1/recharges/" + recharge + "/reversal", "{'reversal':'R-1 '}")
                .text("/detail"))
        .isEqualTo("reversal: must not begin or end with a space: \"R-1 \"");
  }

  /** An account opened a moment ago was told that it does not exist. */
  @Test
  void aRechargeWaitsForTheNewsOfItsAccount() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Answer> early = executor.submit(() -> billing.recharge("just-opened", "early", "5"));
      billing.open("just-opened", "2024-03-01T00:00");
      assertThat(early.get().status()).isEqualTo(201);
    }
  }

  @Test
  void badAmountsAreRefused() {
    for (String amount : List.of("0", "-1", "1e3", "0.0000001", "abc", "")) {
      assertThat(billing.recharge("r1", "bad-" + amount, amount).status())
          .as(amount)
          .isEqualTo(400);
    }
    Answer unheardOf = billing.recharge("nobody", "t-x", "1");
    assertThat(unheardOf.status()).isEqualTo(409);
    assertThat(unheardOf.problem()).isEqualTo("account-not-yet-known");
    assertThat(unheardOf.text("/detail"))
        .isEqualTo(
            "account nobody is not known here yet; if it was just opened, send the request again");
    assertThat(unheardOf.body().at("/retryAfterSeconds").asInt()).isEqualTo(2);
  }

  /** The year 0 was an internal error, and of the year 1500 the day of payment moved. */
  @Test
  void aTimeOutsideTheYearsThatAreTakenIsRefused() {
    for (String time :
        List.of("0000-01-01T00:00:00Z", "1500-03-01T00:00:00Z", "9999-12-31T23:30:00-01:00")) {
      assertThat(
              billing
                  .operator()
                  .post(
                      "/v1/accounts/r1/recharges",
                      "{'channel':'ALIPAY','transaction':'then','amount':'1','paidAt':'%s'}"
                          .formatted(time))
                  .text("/detail"))
          .startsWith("paidAt: must be a time of RFC 3339 in the years 1971 to 9000, such as");
      assertThat(
              billing
                  .operator()
                  .post("/v1/recharges/rch-1/confirmation", "{'valueTime':'" + time + "'}")
                  .text("/errors/0/field"))
          .isEqualTo("valueTime");
      assertThat(
              billing
                  .operator()
                  .post(
                      "/v1/force-majeure",
                      "{'allAccounts':true,'from':'2024-03-01T00:00:00Z','to':'%s','reason':'flood'}"
                          .formatted(time))
                  .text("/errors/0/field"))
          .isEqualTo("to");
    }
    String beyond = Paging.cursor("+10000-01-01", "bill-1");
    assertThat(
            billing
                .operator()
                .get("/v1/accounts/r1/penalties?cursor=" + beyond)
                .text("/errors/0/field"))
        .isEqualTo("cursor");
  }

  /** Each of them was an internal error. */
  @Test
  void anElementThatIsNullIsNamed() {
    assertThat(
            billing
                .operator()
                .post(
                    "/v1/force-majeure",
                    "{'accounts':['r1',null],'from':'2024-03-01T00:00:00Z',"
                        + "'to':'2024-03-02T00:00:00Z','reason':'flood'}")
                .text("/detail"))
        .isEqualTo("accounts[1]: is missing");
    String price = "{'effectiveFrom':'2024-03-01T00:00:00+08:00','meters':[%s]}";
    assertThat(
            billing
                .operator()
                .post("/v1/products/vm/prices", price.formatted("null"))
                .text("/detail"))
        .isEqualTo("meters[0]: is missing");
    assertThat(
            billing
                .operator()
                .post(
                    "/v1/products/vm/prices",
                    price.formatted("{'meter':'m','model':{'kind':'VOLUME','tiers':[null]}}"))
                .text("/detail"))
        .isEqualTo("meters[0].model.tiers[0]: is missing");
  }

  @Test
  void aReversalNumberTakesOneRechargeBack() {
    Answer first = billing.recharge("r2", "rev-1", "3");
    Answer second = billing.recharge("r2", "rev-2", "4");

    assertThat(decide(first, "reversal", "{'reversal':'back-1'}").text("/state"))
        .isEqualTo("REVERSED");
    assertThat(decide(first, "reversal", "{'reversal':'back-1'}").text("/state"))
        .isEqualTo("REVERSED");
    assertThat(decide(first, "reversal", "{'reversal':'back-2'}").status()).isEqualTo(409);
    assertThat(decide(second, "reversal", "{'reversal':'back-1'}").status()).isEqualTo(409);
    assertThat(decide(second, "reversal", "{'reversal':'back-3'}").text("/state"))
        .isEqualTo("REVERSED");
    assertThat(billing.balance("r2", "funds")).isEqualTo("0.000000");
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
    assertThat(
            billing
                .service()
                .customer("r4")
                .put("/v1/accounts/r4/low-balance-threshold", "{'amount':'15'}")
                .status())
        .isEqualTo(200);
    useForAnHour("r4", beginAnHour(), "100");

    assertThat(
            Wire.heard(
                Topics.BILLING_EVENTS, "r4", BillingEvent.CODEC, BillingEvent.LowBalance.class))
        .singleElement()
        // 90 less the 100 that the hour has come to, or nothing once it is billed.
        .satisfies(
            low -> assertThat(low.available().toString()).isIn("-10.000000 CNY", "0.000000 CNY"));
    assertThat(billing.balance("r4", "owed")).isEqualTo("10.000000");
    assertThat(billing.balance("r4", "creditDrawn")).isEqualTo("50.000000");

    Answer paid = billing.recharge("r4", "r4-2", "25");
    assertThat(paid.text("/allocation/toPrincipal/amount")).isEqualTo("10.000000");
    assertThat(paid.text("/allocation/toCredit/amount")).isEqualTo("15.000000");

    // 35 are drawn: a lower limit takes none of it back, and leaves nothing to draw.
    assertThat(
            billing
                .operator()
                .put("/v1/accounts/r4/credit-limit", "{'amount':'20','reason':'less'}")
                .status())
        .isEqualTo(200);
    assertThat(billing.balance("r4", "creditDrawn")).isEqualTo("35.000000");
    assertThat(billing.balance("r4", "available")).isEqualTo("0.000000");
  }

  /** At the same instant money is booked that counts earlier and leaves the other to funds. */
  @Test
  void whatARechargeWasUsedForStaysWhatItWasWhenItWasBooked() {
    useForAnHour("r10", beginAnHour(), "60");
    Answer first = billing.recharge("r10", "r10-1", "60");
    assertThat(first.text("/allocation/toPrincipal/amount")).isEqualTo("60.000000");
    Answer earlier =
        decide(enter("r10", "r10-2", "60"), "confirmation", "{'valueTime':'2024-02-28T16:00:00Z'}");
    assertThat(earlier.text("/allocation/toFunds/amount")).isEqualTo("60.000000");
    assertThat(earlier.text("/bookedAt")).isEqualTo(first.text("/bookedAt"));

    assertThat(billing.recharge("r10", "r10-1", "60").body()).isEqualTo(first.body());
    assertThat(billing.balance("r10", "funds")).isEqualTo("60.000000");
  }

  /** 64 threads recharge, each transaction twice, while an hour is deducted (F11). */
  @Test
  void manyAtOnceAddUpExactly() throws InterruptedException {
    int threads = 64;
    LocalDateTime hour = beginAnHour();
    String end = hour.plusHours(1).toString();
    billing.usage(Granularity.HOUR, "r5", "i-r5", "vm", hour.toString(), "0.1", 1, end);
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String transaction = "r5-" + i % (threads / 2);
      work.add(() -> billing.recharge("r5", transaction, "0.01").status());
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> answers = work.stream().map(pool::submit).toList();
      billing.closed(Granularity.HOUR, end, end);
      billing.stepTo(end);
      assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isIn(200, 201, 503));
    }
    for (int i = 0; i < threads / 2; i++) {
      assertThat(billing.recharge("r5", "r5-" + i, "0.01").status()).isIn(200, 201);
    }

    // 32 recharges of 0.01; 0.1 units at 1 are deducted.
    assertThat(billing.balance("r5", "funds")).isEqualTo("0.220000");
    assertThat(billing.balance("r5", "unpaid")).isEqualTo("0.000000");
  }

  /** A replica, or a full disk at a database provider's, only reads (F18). */
  @Test
  void aDatabaseThatOnlyReadsTakesNothingAndSaysSo() {
    var unused = billing.recharge("r6", "r6-1", "1");
    onlyReads(true);
    try {
      Answer refused = billing.recharge("r6", "r6-2", "2");
      assertThat(refused.status()).as(refused.toString()).isEqualTo(503);
      assertThat(billing.balance("r6", "funds")).isEqualTo("1.000000");
    } finally {
      onlyReads(false);
    }
    assertThat(billing.recharge("r6", "r6-2", "2").status()).isEqualTo(201);
    assertThat(billing.balance("r6", "funds")).isEqualTo("3.000000");
  }

  /** Every connection is new after this. */
  private void onlyReads(boolean on) {
    JdbcClient jdbc = billing.service().bean(JdbcClient.class);
    String name = jdbc.sql("select current_database()").query(String.class).single();
    try (Connection server = SharedInfrastructure.database().connect("postgres");
        Statement statement = server.createStatement()) {
      statement.execute(
          "alter database %s set default_transaction_read_only = %s".formatted(name, on));
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    Await.until(
        Duration.ofSeconds(10),
        () -> billing.operator().get("/v1/accounts/r6/balance").status(),
        status -> status == 200);
  }
}
