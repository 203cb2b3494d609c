package io.tollgate.billing;

import static io.tollgate.testing.TamperedAudit.tampering;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.billing.testing.Billing;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.PositionedConsumers;
import io.tollgate.store.outbox.OutboxRelay;
import io.tollgate.testing.TamperedAudit;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * The audit is green over booked, late, reversed and backdated money, and red over tampering.
 *
 * <p>Product {@code disk} costs 0.5 a unit and is due 72 hours after its bill. Each test begins a
 * day of its own, in any order.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditIT {
  private Billing billing;
  private LocalDate first = LocalDate.EPOCH;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    billing.product("disk", "DAY", "PT72H", "0.5");
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  @BeforeEach
  void beginADay() {
    first = BillingCalendar.SHANGHAI.dateOf(billing.service().now()).plusDays(1);
    billing.stepTo(time(0, "00:00"));
  }

  /** A local time of the test's day, or of a later one. */
  private String time(int day, String time) {
    return first.plusDays(day).atTime(LocalTime.parse(time)).toString();
  }

  private void open(String... accounts) {
    billing.open(List.of(accounts), time(0, "00:00"));
  }

  /**
   * 60 units are 30, of which 10 are paid; 20 are owed from the end of the 4th day, and cost 0.02
   * on the 5th. 80 units make 10 more of it.
   */
  @Test
  void moneyThatIsLateCorrectedBackdatedAndReversedStaysRight() {
    open("a1", "a2");
    var unused = billing.recharge("a1", "a1-1", "10");
    use("a1", 0, "60", 1, time(1, "00:00"));
    use("a2", 0, "8", 1, time(1, "00:00"));
    close(1, time(1, "00:00"));
    assertThat(billing.balance("a1", "unpaid")).isEqualTo("20.000000");
    assertThat(billing.balance("a1", "owed")).isEqualTo("0.000000");

    billing.stepTo(time(4, "00:00"));
    assertThat(billing.balance("a1", "owed")).isEqualTo("20.000000");
    assertThat(billing.balance("a1", "penalty")).isEqualTo("0.000000");
    billing.stepTo(time(6, "00:00"));
    assertThat(billing.balance("a1", "penalty")).isEqualTo("0.020000");
    billing.assertGreen();

    use("a1", 0, "80", 2, time(6, "10:00"));
    use("a2", 0, "6", 2, time(6, "10:00"));
    close(6, time(6, "10:00"));
    assertThat(billing.balance("a1", "unpaid")).isEqualTo("30.000000");
    assertThat(billing.balance("a2", "unpaid")).isEqualTo("3.000000");
    billing.assertGreen();

    String id =
        billing
            .operator()
            .post(
                "/v1/accounts/a1/recharges",
                "{'channel':'ONLINE_BANKING','transaction':'a1-2','amount':'30','paidAt':'%s'}"
                    .formatted(Billing.local(time(4, "12:00"))))
            .text("/recharge");
    assertThat(billing.balance("a1", "penalty")).isEqualTo("0.000000");
    assertThat(billing.balance("a1", "unpaid")).isEqualTo("0.000000");
    billing.assertGreen();

    assertThat(
            billing
                .operator()
                .post("/v1/recharges/" + id + "/reversal", "{'reversal':'back-1'}")
                .status())
        .isEqualTo(200);
    assertThat(billing.balance("a1", "unpaid")).isEqualTo("30.000000");
    billing.assertGreen();
  }

  @Test
  void whatIsReadFromTheStartAndPublishedAgainChangesNothing() {
    open("read-1", "read-2");
    use("read-1", 0, "80", 1, time(1, "00:00"));
    use("read-2", 0, "6", 1, time(1, "00:00"));
    close(1, time(1, "00:00"));
    List<String> books = books("read-1", "read-2");
    List<ConsumerRecord<String, byte[]>> all = Wire.records(Topics.USAGE_DAILY);
    jdbc()
        .sql("update consumer_position set next_offset = 0 where topic = ?")
        .param(Topics.USAGE_DAILY)
        .update();
    all.forEach(
        each ->
            Wire.append(
                new ProducerRecord<>(each.topic(), each.partition(), each.key(), each.value())));
    billing.service().settle();

    assertThat(books("read-1", "read-2")).isEqualTo(books);
    billing.assertGreen();

    use("read-2", 1, "4", 1, time(2, "00:00"));
    close(2, time(2, "00:00"));
    assertThat(billing.balance("read-2", "unpaid")).isEqualTo("5.000000");
    billing.assertGreen();
  }

  private List<String> books(String... accounts) {
    List<String> books = new ArrayList<>();
    for (String account : accounts) {
      for (String part : List.of("balance", "bills", "penalties", "postings")) {
        books.add(billing.operator().get("/v1/accounts/" + account + "/" + part).body().toString());
      }
    }
    return books;
  }

  /**
   * Account "stopped" is parked, "next-door" of its partition goes on: what waits is counted when
   * it is read, in the order of the log, and not again when it is replayed.
   */
  @Test
  void aParkedAccountStopsNobodysUsage() {
    open("stopped", "next-door");
    PositionedConsumers consumers = billing.service().bean(PositionedConsumers.class);
    consumers.stop();
    jdbc().sql("insert into parked_account values ('usage', 'stopped', 'a test', now())").update();
    use("next-door", 0, "4", 1, time(1, "00:00"));
    use("stopped", 0, "2", 1, time(1, "00:00"));
    use("next-door", 0, "6", 2, time(1, "00:00"));
    billing.closed(Granularity.DAY, time(1, "00:00"), time(1, "00:00"));
    consumers.start();
    billing.stepTo(time(1, "00:00"));
    assertThat(billing.balance("next-door", "unpaid")).isEqualTo("3.000000");
    assertThat(billing.balance("stopped", "unpaid")).isEqualTo("0.000000");
    billing.assertGreen();

    assertThat(billing.operator().post("/v1/parked-accounts/stopped/replay", "").status())
        .isEqualTo(200);
    billing.service().settle();
    assertThat(billing.balance("stopped", "unpaid")).isEqualTo("1.000000");
    billing.assertGreen();
  }

  /** What changes the past is a new entry (F21). */
  @Test
  void whatIsBookedCannotBeChanged() {
    for (String table : List.of("posting", "movement", "charge_line")) {
      assertThatThrownBy(() -> jdbc().sql("update " + table + " set amount = 0").update())
          .hasMessageContaining(table);
      assertThatThrownBy(() -> jdbc().sql("delete from " + table).update())
          .hasMessageContaining(table);
    }
  }

  /** One paid by funds, one owes and was corrected downward, one never owed and was given 20. */
  @TestFactory
  Stream<DynamicTest> eachInvariantIsSeenToBreak() {
    open("paid", "owes", "given");
    for (String account : List.of("paid", "given")) {
      var unused = billing.recharge(account, account + "-1", "10");
    }
    billing.created(
        "/v1/accounts/given/adjustments", "{'amount':'20','rule':'C7.4.1','reason':'an outage'}");
    use("paid", 0, "8", 1, time(1, "00:00"));
    use("owes", 0, "60", 1, time(1, "00:00"));
    close(1, time(1, "00:00"));
    use("owes", 0, "50", 2, time(1, "10:00"));
    close(1, time(1, "10:00"));
    assertThat(billing.balance("owes", "unpaid")).isEqualTo("25.000000");
    return TamperedAudit.tests(
        billing.service(),
        Topics.BILLING_EVENTS,
        List.of(
            tampering(
                "balances-are-their-postings",
                "given funds",
                "update account set funds = funds + 1 where account_id = 'given'"),
            tampering(
                "open-amounts-are-their-postings",
                "given tampering principal",
                """
                insert into posting (account_id, cause_kind, cause_id, sub_account, bill_id, contra,
                                     amount, currency, value_time, booked_at, rule)
                select p.account_id, 'BILL', 'tampering', 'PRINCIPAL', t.bill_id, 'REVENUE',
                       t.amount, p.currency, p.value_time, p.booked_at, p.rule
                  from (select * from posting where account_id = 'given' limit 1) p,
                       (values ('tampering', -1), ('another', 1)) t (bill_id, amount)
                """),
            tampering(
                "bills-are-their-lines",
                "paid ",
                "update charge_line set amount = amount + 1 where account_id = 'paid'"),
            tampering(
                "bills-are-posted-once",
                "paid ",
                "update bill set amount = amount + 1 where account_id = 'paid'",
                "update charge_line set amount = amount + 1 where account_id = 'paid'"),
            tampering(
                "corrections-are-taken-off",
                "owes disk ",
                """
                update charge_line set amount = amount - 1
                 where (account_id, bill_id) in (
                         select account_id, bill_id from bill
                          where account_id = 'owes' and kind = 'CORRECTION')
                """,
                """
                update bill set amount = amount - 1
                 where account_id = 'owes' and kind = 'CORRECTION'
                """),
            tampering(
                "recharges-are-posted-once",
                "paid ",
                "update recharge set amount = amount + 1 where account_id = 'paid'"),
            tampering(
                "adjustments-are-posted-once",
                "given ",
                "update adjustment set amount = amount + 1 where account_id = 'given'"),
            tampering(
                "penalties-are-their-history",
                "owes is off by ",
                """
                update open_pot set since = since + interval '1 day' where account_id = 'owes'
                """),
            tampering(
                "billed-usage-is-the-last-revision",
                "owes disk-owes units ",
                "update usage_window set quantity = quantity + 1 where account_id = 'owes'"),
            tampering(
                "lines-are-their-rating",
                "paid ",
                """
                update charge_line set rated = jsonb_set(rated, '{counterAfter,amount}', '"9"')
                 where account_id = 'paid'
                """),
            tampering(
                "prices-get-their-usage",
                " version 1 units",
                "update meter set hourly = true, daily = false where meter = 'units'"),
            tampering(
                "usage-streams-are-whole",
                ": 7 markers are missing",
                """
                update usage_marker set stopped = '7 markers are missing'
                 where ctid = (select min(ctid) from usage_marker)
                """)));
  }

  /** 60 units are 30; one more in the pot is no posting's, no bill's and not in the history. */
  @Test
  void aPotThatHoldsWhatWasNeverPostedIsSeenInItsPartInItsBillAndInTheReplay() {
    open("pot");
    use("pot", 0, "60", 1, time(1, "00:00"));
    close(1, time(1, "00:00"));
    String tamper = "update open_pot set amount = amount + ? where account_id = 'pot'";
    assertThat(jdbc().sql(tamper).param(-1).update()).isEqualTo(1);
    assertThat(audit().path("invariants").valueStream())
        .filteredOn(each -> !each.path("green").asBoolean())
        .extracting(each -> each.path("id").asString())
        .containsExactlyInAnyOrder(
            "balances-are-their-postings",
            "open-amounts-are-their-postings",
            "penalties-are-their-history");
    assertThat(jdbc().sql(tamper).param(1).update()).isEqualTo(1);
    billing.assertGreen();
  }

  @Test
  void aRowThatVanishesFromTheOutboxIsMissed() {
    open("outbox");
    OutboxRelay relay = billing.service().bean(OutboxRelay.class);
    relay.stop();
    assertThat(billing.recharge("outbox", "outbox-1", "1").status()).isEqualTo(201);
    billing.assertGreen();
    jdbc().sql("create table outbox_kept as table outbox").update();
    jdbc().sql("delete from outbox").update();
    assertThat(audit().toString()).contains("waiting");
    assertThat(audit().at("/green").asBoolean()).isFalse();
    jdbc().sql("insert into outbox overriding system value table outbox_kept").update();
    relay.start();
    billing.service().settle();
    billing.assertGreen();
  }

  /** A kind that a migration forgot would be refused only when the first one is booked. */
  @Test
  void theTablesAllowEveryKindOfCauseAndEverySubAccount() {
    String ofPostings = checks("posting");
    assertThat(Arrays.stream(CauseKind.values()))
        .allSatisfy(
            kind ->
                assertThat(ofPostings)
                    .contains("WHEN '%s'::text THEN '%s'::text".formatted(kind, kind.contra())));
    assertThat(Arrays.stream(SubAccount.values()))
        .allSatisfy(part -> assertThat(ofPostings).contains("'%s'::text".formatted(part)));
  }

  /** A penalty follows from movements and is none; funds are a column and no row. */
  @Test
  void theTablesAllowAMovementOfEveryKindOfCauseAndAPotOfEverySubAccount() {
    String ofMovements = checks("movement");
    assertThat(CauseKind.values())
        .filteredOn(kind -> kind != CauseKind.PENALTY_DAY)
        .allSatisfy(kind -> assertThat(ofMovements).contains("'%s'::text".formatted(kind)));
    for (String table : List.of("open_pot", "checkpoint_pot")) {
      String ofPots = checks(table);
      assertThat(SubAccount.values())
          .filteredOn(part -> part != SubAccount.FUNDS)
          .allSatisfy(part -> assertThat(ofPots).contains("'%s'::text".formatted(part)));
    }
  }

  private String checks(String table) {
    return jdbc()
        .sql(
            """
            select string_agg(pg_get_constraintdef(oid), ' ') from pg_constraint
             where conrelid = ?::regclass and contype = 'c'
            """)
        .param(table)
        .query(String.class)
        .single();
  }

  private void use(String account, int day, String quantity, int revision, String tick) {
    billing.usage(
        Granularity.DAY,
        account,
        "disk-" + account,
        "disk",
        time(day, "00:00"),
        quantity,
        revision,
        tick);
  }

  /** Everything up to the beginning of a day has been told; what is due is done. */
  private void close(int day, String tick) {
    billing.closed(Granularity.DAY, time(day, "00:00"), tick);
    billing.stepTo(tick);
  }

  private JdbcClient jdbc() {
    return billing.service().bean(JdbcClient.class);
  }

  private JsonNode audit() {
    return billing.operator().get("/v1/audit").body();
  }
}
