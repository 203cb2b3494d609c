package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.journal.AccountShard;
import io.tollgate.billing.journal.DueMoney;
import io.tollgate.billing.testing.Billing;
import io.tollgate.client.Answer;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Await;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Recharges (C2.2): once each, remittances confirmed, races exact. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RechargeIT {
  private Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("vm", "HOUR", "1");
    for (String account :
        List.of("r1", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12")) {
      billing.open(account, "2024-03-01T00:00");
    }
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  /** Steps the clock to the next full hour, so that a test has hours of its own; local time. */
  private LocalDateTime beginAnHour() {
    LocalDateTime hour = now().plusHours(1).truncatedTo(ChronoUnit.HOURS);
    billing.stepTo(hour.toString());
    return hour;
  }

  private LocalDateTime now() {
    return LocalDateTime.ofInstant(billing.service().now(), BillingCalendar.SHANGHAI.zone());
  }

  /** An hour's usage of product vm, and that the hour is over. */
  private void useForAnHour(String account, LocalDateTime hour, String quantity) {
    String end = hour.plusHours(1).toString();
    billing.usage(
        Granularity.HOUR, account, "i-" + account, "vm", hour.toString(), quantity, 1, end);
    billing.closed(Granularity.HOUR, end, end);
    billing.stepTo(end);
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

  private Answer report(String account, String body) {
    return billing.operator().post("/v1/accounts/" + account + "/recharges", body);
  }

  /** A remittance without a payee. */
  private Answer enter(String account, String transaction, String amount) {
    return report(
        account,
        "{'channel':'REMITTANCE','transaction':'%s','amount':'%s'}".formatted(transaction, amount));
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
            "account nobody is not known here yet; if it was opened a moment ago, send this again");
    assertThat(unheardOf.body().at("/retryAfterSeconds").asInt()).isEqualTo(2);
  }

  @Test
  void aRemittanceToTheCustomersPayeeAccountWaitsForItsConfirmation() {
    assign("r3", "6222-0003");
    Answer waiting = remit("wire-1", "6222-0003");
    assertThat(waiting.text("/state")).isEqualTo("PENDING");
    assertThat(waiting.text("/account")).isEqualTo("r3");
    assertThat(billing.balance("r3", "funds")).isEqualTo("0.000000");
    assertThat(remit("wire-1", "6222-0003").text("/state")).isEqualTo("PENDING");

    Answer confirmed = decide(waiting, "confirmation", "{}");

    assertThat(confirmed.text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("r3", "funds")).isEqualTo("7.500000");
    assertThat(decide(waiting, "rejection", "{'reason':'too late'}").status()).isEqualTo(409);
    assertThat(remit("wire-1", "6222-0003").text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("r3", "funds")).isEqualTo("7.500000");
  }

  @Test
  void aRemittanceToAnUnknownPayeeWaitsUntilItIsAssignedAndCountsOnce() {
    Answer unmatched = remit("wire-2", "SOMEBODY-ELSE");
    assertThat(unmatched.text("/state")).isEqualTo("UNMATCHED");
    assertThat(decide(unmatched, "confirmation", "{}").status()).isEqualTo(422);

    String assignment = "{'account':'r10','reason':'the name on the slip'}";
    assertThat(decide(unmatched, "assignment", assignment).text("/state")).isEqualTo("PENDING");
    assertThat(decide(unmatched, "assignment", assignment).text("/account")).isEqualTo("r10");
    assertThat(decide(unmatched, "assignment", "{'account':'r1','reason':'no, his'}").status())
        .isEqualTo(409);
    assertThat(decide(unmatched, "confirmation", "{}").text("/state")).isEqualTo("BOOKED");

    assertThat(remit("wire-2", "SOMEBODY-ELSE").text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("r10", "funds")).isEqualTo("7.500000");
  }

  /** Pins that a remittance entered for an account, without a payee, was nobody's. */
  @Test
  void aRemittanceThatNamesNoPayeeIsWhoseItWasEnteredFor() {
    String slip = "{'channel':'REMITTANCE','transaction':'wire-10','amount':'3'}";
    Answer entered = billing.operator().post("/v1/accounts/r8/recharges", slip);
    assertThat(entered.text("/state")).isEqualTo("PENDING");
    assertThat(entered.text("/account")).isEqualTo("r8");
    assertThat(transactions("r8")).contains("wire-10");
    assertThat(billing.operator().post("/v1/accounts/r9/recharges", slip).text("/type"))
        .endsWith("/recharge-conflict");
    assertThat(decide(entered, "confirmation", "{}").text("/state")).isEqualTo("BOOKED");
  }

  /** It showed among the first account's, and was gone from there when it was another's. */
  @Test
  void aRemittanceToAnUnknownPayeeIsNobodysWhoeverItWasEnteredFor() {
    Answer entered = enter("r8", "8.5");
    assertThat(entered.text("/state")).isEqualTo("UNMATCHED");
    assertThat(entered.body().path("account").asString("")).isEmpty();
    assertThat(entered.text("/enteredFor")).isEqualTo("r8");
    assertThat(enter("r8", "8.5").body()).isEqualTo(entered.body());
    assertThat(enter("r9", "8.5").status()).isEqualTo(409);
    assertThat(waiting(entered).text("/enteredFor")).isEqualTo("r8");
    assertThat(enter("r8", "8.6").status()).isEqualTo(409);
    assertThat(transactions("r8")).doesNotContain("wire-9");

    String assignment = "{'account':'r9','reason':'the name on the slip'}";
    assertThat(decide(entered, "assignment", assignment).text("/account")).isEqualTo("r9");
    // That it was entered for another customer is not for this one to see.
    assertThat(transactions("r9")).contains("wire-9").doesNotContain("r8");
    assertThat(transactions("r8")).doesNotContain("wire-9");
    assertThat(enter("r8", "8.5").status()).isEqualTo(409);
    assertThat(
            billing
                .service()
                .bean(JdbcClient.class)
                .sql(
                    "select account_id is null and reason = 'entered for account r8' from"
                        + " audit_entry where subject_id = ? order by audit_entry_id limit 1")
                .param(entered.text("/recharge"))
                .query(Boolean.class)
                .single())
        .isTrue();
  }

  private Answer enter(String account, String amount) {
    return billing
        .operator()
        .post(
            "/v1/accounts/" + account + "/recharges",
            "{'channel':'REMITTANCE','transaction':'wire-9','amount':'%s','payee':'NO-ONE'}"
                .formatted(amount));
  }

  /** A remittance as the list of those that wait has it. */
  private Answer waiting(Answer remittance) {
    Answer list = billing.operator().get("/v1/recharges?limit=1000");
    JsonNode found =
        list.body()
            .at("/items")
            .valueStream()
            .filter(item -> item.at("/recharge").asString().equals(remittance.text("/recharge")))
            .findFirst()
            .orElseThrow();
    return new Answer(list.status(), list.type(), found, found.toString());
  }

  private String transactions(String account) {
    return billing.operator().get("/v1/accounts/" + account + "/recharges").body().toString();
  }

  @Test
  void aRejectedRemittanceNeverCountsAndTheCustomerIsTold() {
    assign("r11", "6222-0005");
    Answer unknown = remit("wire-3", "NOBODY");
    Answer pending = remit("wire-4", "6222-0005");

    for (Answer waiting : List.of(unknown, pending)) {
      assertThat(decide(waiting, "rejection", "{'reason':'sent twice'}").text("/state"))
          .isEqualTo("REJECTED");
      assertThat(decide(waiting, "rejection", "{'reason':'sent twice'}").text("/state"))
          .isEqualTo("REJECTED");
      assertThat(decide(waiting, "confirmation", "{}").status()).isIn(409, 422);
    }
    assertThat(remit("wire-4", "6222-0005").text("/state")).isEqualTo("REJECTED");
    assertThat(billing.balance("r11", "funds")).isEqualTo("0.000000");
    assertThat(
            Wire.heard(
                Topics.BILLING_EVENTS,
                "r11",
                BillingEvent.CODEC,
                BillingEvent.RemittanceRejected.class))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.transaction()).isEqualTo("wire-4");
              assertThat(told.reason()).isEqualTo("sent twice");
            });
  }

  @Test
  void aPayeeAccountIsOneCustomersAndACustomerHasOne() {
    assertThat(billing.operator().get("/v1/accounts/r2/payee-account").text("/state"))
        .isEqualTo("NOT_YET_AVAILABLE");
    assign("r2", "6222-0002");
    assign("r2", "6222-0002");

    assertThat(billing.operator().get("/v1/accounts/r2/payee-account").text("/payee"))
        .isEqualTo("6222-0002");
    assertThat(billing.operator().put("/v1/payee-accounts/6222-0002", "{'account':'r1'}").status())
        .isEqualTo(409);
    assertThat(billing.operator().put("/v1/payee-accounts/6222-9999", "{'account':'r2'}").status())
        .isEqualTo(409);
    // Entered for another account than the payee account says.
    assertThat(
            billing
                .operator()
                .post(
                    "/v1/accounts/r1/recharges",
                    "{'channel':'REMITTANCE','transaction':'wire-5','amount':'1','payee':'6222-0002'}")
                .status())
        .isEqualTo(409);
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

  /** The clock stands still; notices take their ids from those of the events. */
  @Test
  void arrearsThatBeginTwiceAtOneInstantAreTwoEvents() {
    useForAnHour("r12", beginAnHour(), "10");
    for (int time = 1; time <= 2; time++) {
      Answer paid = billing.recharge("r12", "r12-" + time, "10");
      assertThat(decide(paid, "reversal", "{'reversal':'r12-back-" + time + "'}").text("/state"))
          .isEqualTo("REVERSED");
    }
    billing.service().settle();

    List<String> began = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    int events = 0;
    for (ConsumerRecord<String, byte[]> each : Wire.records(Topics.BILLING_EVENTS, "r12")) {
      EventEnvelope<BillingRecord> told = BillingRecord.CODEC.decode(each.value()).orElseThrow();
      events++;
      ids.add(told.id());
      if (told.data() instanceof BillingEvent.ArrearsBegan) {
        began.add(told.id());
      }
    }
    assertThat(began).hasSize(3).doesNotHaveDuplicates();
    assertThat(ids).hasSize(events);
  }

  private void assign(String account, String payee) {
    assertThat(
            billing
                .operator()
                .put("/v1/payee-accounts/" + payee, "{'account':'%s'}".formatted(account))
                .status())
        .isEqualTo(200);
  }

  private Answer remit(String transaction, String payee) {
    return billing
        .operator()
        .post(
            "/v1/remittances",
            "{'transaction':'%s','amount':'7.5','payee':'%s'}".formatted(transaction, payee));
  }

  private Answer decide(Answer recharge, String decision, String body) {
    return billing
        .operator()
        .post("/v1/recharges/" + recharge.text("/recharge") + "/" + decision, body);
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
  }

  /**
   * Three hours after the opening a bill of 40 leaves 60: 320 a day, so that 60 last four and a
   * half hours. Told once; the customer may look at any time.
   */
  @Test
  void theForecastComesFromTheBurnOfTheLastDays() {
    LocalDateTime opened = beginAnHour();
    billing.open("burns", opened.toString());
    var unused = billing.recharge("burns", "burns-1", "100");
    assertThat(setLowBalance("burns", "forecast", "{'days':3}").text("/forecastDays"))
        .isEqualTo("3");
    useForAnHour("burns", opened.plusHours(2), "40");
    billing.stepTo(opened.plusHours(4).toString());

    assertThat(lowBalances("burns"))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.reason()).isEqualTo(BillingEvent.LowBalance.Reason.FORECAST);
              assertThat(told.available().toString()).isEqualTo("60.000000 CNY");
              assertThat(told.at()).isEqualTo(Billing.local(opened.plusHours(3).toString()));
              assertThat(told.exhaustedAt())
                  .contains(Billing.local(opened.plusMinutes(450).toString()));
            });
    assertThat(
            billing
                .service()
                .customer("burns")
                .get("/v1/accounts/burns/low-balance")
                .text("/available/amount"))
        .isEqualTo("60.000000");
    assertThat(setLowBalance("burns", "forecast", "{'days':91}").status()).isEqualTo(400);
    assertThat(listed(true).at("/burns/lowBalance").toString()).isEqualTo("[\"FORECAST\"]");
  }

  /** 20 less the 6 that the open month has come to are below 15, though nothing was billed. */
  @Test
  void whatAnOpenMonthHasComeToCountsAgainstTheThreshold() {
    LocalDate day = now().toLocalDate().plusDays(1);
    String end = day.plusDays(1) + "T00:00";
    billing.stepTo(day + "T00:00");
    billing.open("monthly", day + "T00:00");
    billing.product("month-vm", "MONTH", "1");
    var unused = billing.recharge("monthly", "monthly-1", "20");
    unused = setLowBalance("monthly", "threshold", "{'amount':'15'}");
    billing.usage(Granularity.DAY, "monthly", "i-monthly", "month-vm", day + "T00:00", "6", 1, end);
    billing.closed(Granularity.DAY, end, end);
    billing.stepTo(end);

    assertThat(lowBalances("monthly"))
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.reason()).isEqualTo(BillingEvent.LowBalance.Reason.THRESHOLD);
              assertThat(told.available().toString()).isEqualTo("14.000000 CNY");
              assertThat(told.threshold()).map(Money::toString).contains("15.000000 CNY");
            });

    unused = billing.recharge("monthly", "monthly-2", "5");
    billing.stepTo(day.plusDays(1) + "T01:00");
    // 19 is above: told again only after it was.
    unused = setLowBalance("monthly", "threshold", "{'amount':'20'}");
    billing.stepTo(day.plusDays(1) + "T02:00");
    assertThat(lowBalances("monthly")).hasSize(2);
    assertThat(listed(true).at("/monthly/lowBalance").toString()).isEqualTo("[\"THRESHOLD\"]");
    assertThat(listed(true).at("/monthly/funds/amount").asString()).isEqualTo("25.000000");
    assertThat(listed(false).has("monthly")).isFalse();
    unused = billing.recharge("monthly", "monthly-3", "50");
    billing.stepTo(day.plusDays(1) + "T03:00");
    assertThat(listed(true).has("monthly")).isFalse();
    assertThat(listed(false).at("/monthly/lowBalance").toString()).isEqualTo("[]");
  }

  /** What operators see in the list of accounts, by account. */
  private ObjectNode listed(boolean lowBalance) {
    ObjectNode byAccount = JsonNodeFactory.instance.objectNode();
    billing
        .operator()
        .get("/v1/accounts?limit=1000&lowBalance=" + lowBalance)
        .body()
        .at("/items")
        .forEach(item -> byAccount.set(item.at("/account").asString(), item));
    return byAccount;
  }

  private Answer setLowBalance(String account, String what, String body) {
    return billing
        .service()
        .customer(account)
        .put("/v1/accounts/" + account + "/low-balance-" + what, body);
  }

  private static List<BillingEvent.LowBalance> lowBalances(String account) {
    return Wire.heard(
        Topics.BILLING_EVENTS, account, BillingEvent.CODEC, BillingEvent.LowBalance.class);
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

  /** The account is held by somebody, so that what was declared for it can't be applied yet. */
  @Test
  void whatIsDeclaredForAHeldAccountHoldsItsWatermarkAndLooksWaitForNobody() throws SQLException {
    billing.open("held", now().toString());
    DueMoney forceMajeure =
        billing.service().context().getBean("forceMajeureSweep", DueMoney.class);
    int partition =
        billing
            .service()
            .bean(JdbcClient.class)
            .sql("select partition from account where account_id = 'held'")
            .query(Integer.class)
            .single();
    Instant now = billing.service().now();
    try (Connection writer = billing.service().bean(DataSource.class).getConnection();
        Statement write = writer.createStatement()) {
      writer.setAutoCommit(false);
      write.execute("update account set partition = partition where account_id = 'held'");
      assertThat(
              billing
                  .operator()
                  .post(
                      "/v1/force-majeure",
                      "{'accounts':['held'],'from':'%s','to':'%s','reason':'a flood'}"
                          .formatted(now, now.plusSeconds(60)))
                  .status())
          .isEqualTo(201);
      Await.until(
          Duration.ofMinutes(1),
          () -> forceMajeure.anythingDue(now, new AccountShard((partition + 1) % 8, 8)),
          due -> !due);
      assertThat(forceMajeure.anythingDue(now, new AccountShard(partition, 8))).isTrue();
      assertThat(billing.operator().get("/v1/accounts/held/low-balance").status()).isEqualTo(200);
      writer.rollback();
    }
    billing.service().settle();
    assertThat(forceMajeure.anythingDue(now, new AccountShard(partition, 8))).isFalse();
    assertThat(
            Wire.heard(
                Topics.BILLING_EVENTS,
                "held",
                BillingEvent.CODEC,
                BillingEvent.ForceMajeureDeclared.class))
        .hasSize(1);
  }

  /** Who suspends by time must not overtake a payment that is still being booked. */
  @Test
  void everythingBookedByAnInstantIsToldBeforeItsWatermark() throws SQLException {
    billing.open("late", now().toString());
    assertThat(billing.recharge("late", "before-midnight", "5").status()).isEqualTo(201);
    Instant later = billing.service().now().plus(Duration.ofDays(7)).plusSeconds(1);
    try (Connection writer = billing.service().bean(DataSource.class).getConnection();
        Statement write = writer.createStatement()) {
      writer.setAutoCommit(false);
      write.execute("update account set partition = partition where account_id = 'r5'");
      billing.service().step(later.toString());
      Await.until(Duration.ofMinutes(1), this::laggards, only -> only.equals("sweep watermarks"));
      writer.rollback();
    }
    billing.service().settle();

    Set<Integer> complete = new TreeSet<>();
    boolean told = false;
    for (ConsumerRecord<String, byte[]> each : Wire.records(Topics.BILLING_EVENTS)) {
      BillingRecord data = BillingRecord.CODEC.decode(each.value()).orElseThrow().data();
      if (data instanceof BillingWatermark watermark && watermark.completeTo().equals(later)) {
        complete.add(each.partition());
      } else if (data instanceof BillingEvent.RechargeBooked recharge
          && recharge.transaction().equals(Optional.of("before-midnight"))) {
        assertThat(complete).doesNotContain(each.partition());
        told = true;
      }
    }
    assertThat(told).isTrue();
    assertThat(complete).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  private String laggards() {
    return String.join(
        ", ",
        billing.operator().get("/v1/clock").body().at("/laggards").findValuesAsString("what"));
  }
}
