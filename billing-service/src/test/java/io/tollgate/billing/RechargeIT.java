package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Await;
import io.tollgate.testing.User;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recharges (C2.2): once each, remittances confirmed, races exact. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RechargeIT {
  private Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("vm", "HOUR", "1");
    for (String account : List.of("r1", "r2", "r3", "r4", "r5", "r6", "r7")) {
      billing.open(account, "2024-03-01T00:00");
    }
  }

  @AfterAll
  void stop() {
    billing.close();
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
    assertThat(billing.recharge("r1", "once", "5").status()).isEqualTo(201);
    assertThat(billing.recharge("r1", "once", "6").status()).isEqualTo(409);
    assertThat(billing.recharge("r2", "once", "5").status()).isEqualTo(409);

    assertThat(billing.balance("r1", "funds")).isEqualTo("5.000000");
  }

  /** Three spellings of one number were three credits. */
  @Test
  void aNumberThatLooksLikeAnotherIsRefusedWithTheReason() {
    assertThat(billing.recharge("r7", "TX-17", "5").status()).isEqualTo(201);
    for (String number : List.of("TX-17 ", " TX-17", "TX-17\u00a0", "TX-\u200b17", "TX-e\u0301")) {
      User.Answer refused = billing.recharge("r7", number, "5");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("/errors/0/field")).isEqualTo("transaction");
    }
    assertThat(billing.recharge("r7", "TX-17 ", "5").text("/detail"))
        .isEqualTo("transaction: must not begin or end with a blank: \"TX-17 \"");
    assertThat(billing.balance("r7", "funds")).isEqualTo("5.000000");
    String recharge = billing.operator().get("/v1/accounts/r7/recharges").text("/items/0/recharge");
    assertThat(
            billing
                .operator()
                .post("/v1/recharges/" + recharge + "/reversal", "{'reversal':'R-1 '}")
                .text("/detail"))
        .isEqualTo("reversal: must not begin or end with a blank: \"R-1 \"");
  }

  /** An account opened a moment ago was told that it does not exist. */
  @Test
  void aRechargeWaitsForTheNewsOfItsAccount() throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<User.Answer> early =
          executor.submit(() -> billing.recharge("just-opened", "early", "5"));
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
    User.Answer unheardOf = billing.recharge("nobody", "t-x", "1");
    assertThat(unheardOf.status()).isEqualTo(409);
    assertThat(unheardOf.problem()).isEqualTo("account-not-yet-known");
    assertThat(unheardOf.text("/detail"))
        .isEqualTo(
            "account nobody is not known here yet; if it was opened a moment ago, send this again");
    assertThat(unheardOf.body().at("/retryAfterSeconds").asInt()).isEqualTo(2);
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
  @Order(1)
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

  /** 64 threads recharge, each transaction twice, while an hour is deducted (F11). */
  @Test
  @Order(2)
  void manyAtOnceAddUpExactly() throws InterruptedException {
    int threads = 64;
    billing.usage(
        Granularity.HOUR, "r5", "i-r5", "vm", "2024-03-01T01:00", "0.1", 1, "2024-03-01T02:00");
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      String transaction = "r5-" + i % (threads / 2);
      work.add(() -> billing.recharge("r5", transaction, "0.01").status());
    }
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      List<Future<Integer>> answers = work.stream().map(pool::submit).toList();
      billing.closed(Granularity.HOUR, "2024-03-01T02:00", "2024-03-01T02:00");
      billing.stepTo("2024-03-01T02:00");
      assertThat(answers).allSatisfy(answer -> assertThat(answer.get()).isIn(201, 503));
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
      User.Answer refused = billing.recharge("r6", "r6-2", "2");
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

  /** Who suspends by time must not overtake a payment that is still being booked. */
  @Test
  @Order(Integer.MAX_VALUE)
  void everythingBookedByAnInstantIsToldBeforeItsWatermark() throws SQLException {
    assertThat(billing.recharge("r6", "before-midnight", "5").status()).isEqualTo(201);
    Instant later = Billing.local("2024-03-10T00:00:01");
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
