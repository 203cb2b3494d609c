package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.testing.Billing;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.PositionedConsumers;
import io.tollgate.store.outbox.OutboxRelay;
import io.tollgate.support.observability.SupportMetrics;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** The audit is green over booked, late, reversed and backdated money, and red over tampering. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditIT {
  private Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("disk", "DAY", "PT72H", "0.5");
    billing.open("a1", "2024-03-01T00:00");
    billing.open("a2", "2024-03-01T00:00");
    billing.open("b1", "2024-03-01T00:00");
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  @Test
  @Order(1)
  void aBillWithATermIsOwedWhenItFallsDue() {
    var unused = billing.recharge("a1", "a1-1", "10");
    day("a1", "2024-03-01", "60", 1, "2024-03-02T00:00");
    day("a2", "2024-03-01", "8", 1, "2024-03-02T00:00");
    billing.closed(Granularity.DAY, "2024-03-02T00:00", "2024-03-02T00:00");
    billing.stepTo("2024-03-02T00:00");

    assertThat(billing.balance("a1", "unpaid")).isEqualTo("20.000000");
    assertThat(billing.balance("a1", "owed")).isEqualTo("0.000000");

    billing.stepTo("2024-03-05T00:00");
    assertThat(billing.balance("a1", "owed")).isEqualTo("20.000000");
    assertThat(billing.balance("a1", "penalty")).isEqualTo("0.000000");

    billing.stepTo("2024-03-07T00:00");
    assertThat(billing.balance("a1", "penalty")).isEqualTo("0.020000");
    assertGreen();
  }

  @Test
  @Order(2)
  void moreUsageIsANewDebtAndLessCorrectsTheOldOne() {
    day("a1", "2024-03-01", "80", 2, "2024-03-07T10:00");
    day("a2", "2024-03-01", "6", 2, "2024-03-07T10:00");
    billing.closed(Granularity.DAY, "2024-03-07T00:00", "2024-03-07T10:00");
    billing.stepTo("2024-03-07T12:00");

    assertThat(billing.balance("a1", "unpaid")).isEqualTo("30.000000");
    assertThat(billing.balance("a2", "unpaid")).isEqualTo("3.000000");
    assertGreen();
  }

  @Test
  @Order(3)
  void moneyThatCountsEarlierTakesPenaltiesBackAndAReversalOwesAgain() {
    String id =
        billing
            .operator()
            .post(
                "/v1/accounts/a1/recharges",
                "{'channel':'ONLINE_BANKING','transaction':'a1-2','amount':'30','paidAt':'2024-03-05T04:00:00Z'}")
            .text("/recharge");
    assertThat(billing.balance("a1", "penalty")).isEqualTo("0.000000");
    assertThat(billing.balance("a1", "unpaid")).isEqualTo("0.000000");
    assertGreen();

    assertThat(
            billing
                .operator()
                .post("/v1/recharges/" + id + "/reversal", "{'reversal':'back-1'}")
                .status())
        .isEqualTo(200);
    assertThat(billing.balance("a1", "unpaid")).isEqualTo("30.000000");
    assertGreen();
  }

  @Test
  @Order(4)
  void whatIsReadFromTheStartAndPublishedAgainChangesNothing() {
    List<String> books = books();
    List<ConsumerRecord<String, byte[]>> all = Wire.records(Topics.USAGE_DAILY);
    billing
        .service()
        .bean(JdbcClient.class)
        .sql("update consumer_position set next_offset = 0 where topic = ?")
        .param(Topics.USAGE_DAILY)
        .update();
    all.forEach(
        each ->
            Wire.append(
                new ProducerRecord<>(each.topic(), each.partition(), each.key(), each.value())));
    billing.service().settle();

    assertThat(books()).isEqualTo(books);
    assertGreen();

    day("a2", "2024-03-06", "4", 1, "2024-03-07T13:00");
    billing.closed(Granularity.DAY, "2024-03-07T00:00", "2024-03-07T13:00");
    billing.stepTo("2024-03-07T13:00");
    assertThat(billing.balance("a2", "unpaid")).isEqualTo("5.000000");
    assertGreen();
  }

  private List<String> books() {
    List<String> books = new ArrayList<>();
    for (String account : List.of("a1", "a2")) {
      for (String part : List.of("balance", "bills", "penalties", "postings")) {
        books.add(billing.operator().get("/v1/accounts/" + account + "/" + part).body().toString());
      }
    }
    return books;
  }

  /**
   * Account b1 is parked, a1 of its partition goes on: what waits is counted when it is read, in
   * the order of the log, and not again when it is replayed.
   */
  @Test
  @Order(5)
  void aParkedAccountStopsNobodysUsage() {
    PositionedConsumers consumers = billing.service().bean(PositionedConsumers.class);
    consumers.stop();
    billing
        .service()
        .bean(JdbcClient.class)
        .sql("insert into parked_account values ('usage', 'b1', 'a test', now())")
        .update();
    day("a1", "2024-03-06", "4", 1, "2024-03-07T14:00");
    day("b1", "2024-03-06", "2", 1, "2024-03-07T14:00");
    day("a1", "2024-03-06", "6", 2, "2024-03-07T14:00");
    billing.closed(Granularity.DAY, "2024-03-07T00:00", "2024-03-07T14:00");
    consumers.start();
    billing.stepTo("2024-03-07T14:00");
    assertThat(billing.balance("a1", "unpaid")).isEqualTo("33.000000");
    assertThat(billing.balance("b1", "unpaid")).isEqualTo("0.000000");
    assertGreen();

    assertThat(billing.operator().post("/v1/parked-accounts/b1/replay", "").status())
        .isEqualTo(200);
    billing.service().settle();
    assertThat(billing.balance("b1", "unpaid")).isEqualTo("1.000000");
    assertGreen();
  }

  /** What changes the past is a new entry (F21). */
  @Test
  @Order(6)
  void whatIsBookedCannotBeChanged() {
    JdbcClient jdbc = billing.service().bean(JdbcClient.class);
    for (String table : List.of("posting", "movement", "charge_line")) {
      assertThatThrownBy(() -> jdbc.sql("update " + table + " set amount = 0").update())
          .hasMessageContaining(table);
      assertThatThrownBy(() -> jdbc.sql("delete from " + table).update())
          .hasMessageContaining(table);
    }
  }

  @Test
  @Order(7)
  void itTurnsRedForEachKindOfTampering() {
    assertRed(
        "balances-are-their-postings",
        "update account set funds = funds + 1 where account_id = 'a2'");
    assertRed(
        "balances-are-their-postings",
        "alter table posting disable trigger all",
        "delete from posting where posting_id = (select max(posting_id) from posting)");
    assertRed(
        "bills-are-their-lines",
        "insert into charge_line select account_id, bill_id, line_no + 100, product_id,"
            + " cycle_start, kind, instance_id, meter, dimensions, window_start, window_end,"
            + " revision, quantity, amount, rated from charge_line limit 1");
    assertRed(
        "lines-are-their-rating",
        "alter table charge_line disable trigger all",
        "update charge_line set rated = jsonb_set(rated, '{legs,0,amount}', '1') where line_no ="
            + " 1");
    assertRed(
        "billed-usage-is-the-last-revision",
        "update usage_window set quantity = quantity + 1 where account_id = 'a1'");
    assertGreen();
  }

  @Test
  @Order(8)
  void itTurnsRedForARowThatIsMissingFromTheOutbox() {
    OutboxRelay relay = billing.service().bean(OutboxRelay.class);
    relay.stop();
    assertThat(
            billing
                .operator()
                .post(
                    "/v1/accounts/a1/recharges",
                    "{'channel':'ALIPAY','transaction':'a1-3','amount':'1'}")
                .status())
        .isEqualTo(201);
    assertGreen();
    assertRed("told-is-published-or-waits", "delete from outbox");
    relay.start();
    billing.service().settle();
    assertGreen();
  }

  private void day(String account, String day, String quantity, int revision, String tick) {
    billing.usage(
        Granularity.DAY,
        account,
        "disk-" + account,
        "disk",
        day + "T00:00",
        quantity,
        revision,
        tick);
  }

  private void assertGreen() {
    JsonNode report = billing.operator().get("/v1/audit").body();
    assertThat(report.at("/green").asBoolean()).as(report.toPrettyString()).isTrue();
  }

  /** Tampers in a transaction, audits inside it, and undoes it. */
  private void assertRed(String invariant, String... tampering) {
    var audit = billing.service().bean(io.tollgate.support.observability.Audit.class);
    var jdbc = billing.service().bean(JdbcClient.class);
    var transactions =
        new org.springframework.transaction.support.TransactionTemplate(
            billing
                .service()
                .bean(org.springframework.transaction.PlatformTransactionManager.class));
    List<String> red = new ArrayList<>();
    transactions.executeWithoutResult(
        status -> {
          for (String statement : tampering) {
            jdbc.sql(statement).update();
          }
          audit.invariants().stream()
              .filter(each -> each.id().equals(invariant))
              .filter(each -> !each.check().holds())
              .forEach(each -> red.add(each.id()));
          billing.service().bean(SupportMetrics.class).refresh();
          assertThat(shown(invariant)).isPositive();
          status.setRollbackOnly();
        });
    assertThat(red).containsExactly(invariant);
  }

  /** The gauge that alerts watch. */
  private double shown(String invariant) {
    return billing
        .service()
        .bean(MeterRegistry.class)
        .get("tollgate_audit_difference")
        .tag("invariant", invariant)
        .gauge()
        .value();
  }
}
