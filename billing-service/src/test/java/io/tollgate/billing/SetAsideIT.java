package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.billing.testing.Billing;
import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.Topics;
import io.tollgate.support.observability.Readings;
import io.tollgate.testing.Await;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Whatever one account's data provokes sets that aside with its reason; everything else goes on.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SetAsideIT {

  private static final int ACCOUNTS = 44;
  private static final String HUGE = "123456789012345678901234";

  private Billing billing;
  private JdbcClient jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    jdbc = billing.service().bean(JdbcClient.class);
    billing.product("disk", "DAY", "1");
    List<String> accounts = new ArrayList<>(List.of("poison"));
    for (int i = 1; i <= ACCOUNTS; i++) {
      accounts.add("good-" + i);
    }
    billing.open(accounts, "2024-03-01T00:00");
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  /** Every chapter begins at the day on which the one before has ended. */
  @Test
  void oneAccountsPoisonStopsNobodyElse() {
    aChargeTooLargeIsNamedWhileAllOthersAreBilled();
    itIsBilledByItselfWhenItsUsageIsCorrected();
    aQuantityBelowZeroAndAnAmountPastTheBoundAreSetAside();
    lateUsageOfOthersIsRatedAgainBesidePoison();
    aProductWithoutAPriceOrWithoutARowIsNamedAndBilledOnceItHasOne();
    whatFailsOnlyWhenItIsStoredIsFoundAmongTheOthers();
    forceMajeureIsAppliedToAllButTheOneThatFails();
    aFeeThatRecursIsSetAsideForOneInstanceOnly();
    anAccountThatCannotBeAuditedIsNamed();
    aCycleThatIsBilledAfterLaterOnesOfItsMonthIsCountedBeforeThem();
    whatWasSetAsideIsBookedWhenItIsBilled();
  }

  private void aChargeTooLargeIsNamedWhileAllOthersAreBilled() {
    good("2024-03-01", "2", 1, "2024-03-02T00:00");
    day("poison", "2024-03-01", HUGE, 1, "2024-03-02T00:00");
    close("2024-03-02T00:00", "2024-03-02T00:00");

    assertGood("2.000000");
    assertThat(billing.balance("poison", "unpaid")).isEqualTo("0.000000");
    assertThat(setAside("charging")).singleElement().asString().contains("poison", HUGE);
    billing.service().bean(Readings.class).refresh();
    MeterRegistry meters = billing.service().bean(MeterRegistry.class);
    for (String gauge : List.of("tollgate_set_aside", "tollgate_set_aside_accounts")) {
      assertThat(meters.get(gauge).tag("work", "charging").gauge().value()).isEqualTo(1);
    }
    assertThat(meters.get("tollgate_unbilled_cycles").gauge().value()).isEqualTo(1);
    billing.stepTo("2024-03-02T00:30");
    assertThat(namedByWatermarks()).containsExactly("poison");
    billing.assertGreen();
  }

  /** Accounts that the newest watermark of each partition names. */
  private static List<String> namedByWatermarks() {
    Map<Integer, List<AccountId>> newest = new TreeMap<>();
    for (ConsumerRecord<String, byte[]> each : Wire.records(Topics.BILLING_EVENTS)) {
      if (BillingRecord.CODEC.decode(each.value()).orElseThrow().data()
          instanceof BillingWatermark watermark) {
        newest.put(each.partition(), watermark.setAside().orElseThrow());
      }
    }
    return newest.values().stream().flatMap(List::stream).map(AccountId::value).toList();
  }

  private void itIsBilledByItselfWhenItsUsageIsCorrected() {
    day("poison", "2024-03-01", "3", 2, "2024-03-02T10:00");
    close("2024-03-02T00:00", "2024-03-02T10:00");

    assertThat(billing.balance("poison", "unpaid")).isEqualTo("3.000000");
    assertThat(setAside("charging")).isEmpty();
    billing.stepTo("2024-03-02T11:00");
    assertThat(namedByWatermarks()).isEmpty();
    billing.assertGreen();
  }

  private void aQuantityBelowZeroAndAnAmountPastTheBoundAreSetAside() {
    good("2024-03-02", "2", 1, "2024-03-03T00:00");
    day("poison", "2024-03-02", "-3", 1, "2024-03-03T00:00");
    day("good-1", "2024-03-02", "1000000000000000", 2, "2024-03-03T00:00");
    close("2024-03-03T00:00", "2024-03-03T00:00");

    assertThat(billing.balance("good-2", "unpaid")).isEqualTo("4.000000");
    assertThat(billing.balance("good-44", "unpaid")).isEqualTo("4.000000");
    assertThat(setAside("charging")).hasSize(2);
    assertThat(setAside("charging").getFirst()).contains("good-1", "1000000000000000.000000 CNY");
    assertThat(setAside("charging").getLast()).contains("poison", "below zero: -3");
    assertThat(billing.balance("good-1", "accrued")).isEqualTo("0.000000");
    billing.assertGreen();

    day("poison", "2024-03-02", "1", 2, "2024-03-03T08:00");
    day("good-1", "2024-03-02", "999999999999999", 3, "2024-03-03T08:00");
    close("2024-03-03T00:00", "2024-03-03T08:00");
    assertThat(setAside("charging")).isEmpty();
    assertThat(billing.balance("poison", "unpaid")).isEqualTo("4.000000");
    assertThat(billing.balance("good-1", "unpaid")).isEqualTo("1000000000000001.000000");
    day("good-1", "2024-03-02", "2", 4, "2024-03-03T09:00");
    close("2024-03-03T00:00", "2024-03-03T09:00");
    assertThat(billing.balance("good-1", "unpaid")).isEqualTo("4.000000");
  }

  private void lateUsageOfOthersIsRatedAgainBesidePoison() {
    day("poison", "2024-03-01", HUGE, 3, "2024-03-03T10:00");
    day("good-3", "2024-03-01", "5", 2, "2024-03-03T10:00");
    close("2024-03-03T00:00", "2024-03-03T10:00");

    assertThat(billing.balance("good-3", "unpaid")).isEqualTo("7.000000");
    assertThat(billing.balance("poison", "unpaid")).isEqualTo("4.000000");
    assertThat(setAside("late-usage")).singleElement().asString().contains("poison", HUGE);
    billing.assertGreen();

    day("poison", "2024-03-01", "4", 4, "2024-03-03T11:00");
    close("2024-03-03T00:00", "2024-03-03T11:00");
    assertThat(billing.balance("poison", "unpaid")).isEqualTo("5.000000");
    assertThat(setAside("late-usage")).isEmpty();
    billing.assertGreen();
  }

  private void aProductWithoutAPriceOrWithoutARowIsNamedAndBilledOnceItHasOne() {
    billing.created(
        "/v1/products", "{'product':'bare','name':'bare','cycle':'DAY','paymentTerm':'PT0S'}");
    usage("good-5", "bare", "2024-03-03", "7", "2024-03-04T00:00");
    usage("good-6", "unheard", "2024-03-03", "9", "2024-03-04T00:00");
    close("2024-03-04T00:00", "2024-03-04T00:00");
    assertThat(setAside("charging")).singleElement().asString().contains("good-5", "bare");
    assertThat(setAside("unpriced-usage"))
        .singleElement()
        .asString()
        .contains("good-6", "product unheard is not in the catalogue");

    billing.prices(
        "bare",
        "{'effectiveFrom':'2019-12-31T16:00:00Z','meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'2'}}]}");
    billing.product("unheard", "DAY", "3");
    billing.service().settle();
    assertThat(setAside("charging")).isEmpty();
    assertThat(setAside("unpriced-usage")).isEmpty();
    assertThat(billing.balance("good-5", "unpaid")).isEqualTo("18.000000");
    assertThat(billing.balance("good-6", "unpaid")).isEqualTo("31.000000");
    billing.assertGreen();
  }

  /** A row that should not be there stands for any fault of the program. */
  private void whatFailsOnlyWhenItIsStoredIsFoundAmongTheOthers() {
    jdbc.sql(
            "alter table penalty_day add constraint fault check (account_id <> 'poison') not valid")
        .update();
    billing.stepTo("2024-03-05T00:00");
    assertThat(billing.balance("good-2", "penalty")).isNotEqualTo("0.000000");
    assertThat(setAside("penalties")).singleElement().asString().contains("poison", "fault");
    String before = billing.balance("poison", "penalty");

    jdbc.sql("alter table penalty_day drop constraint fault").update();
    Answer retried = billing.operator().post("/v1/set-aside/retry", "{'account':'poison'}");
    assertThat(retried.text("/work")).isEqualTo("1");
    awaitNothing("penalties");
    billing.service().settle();
    assertThat(billing.balance("poison", "penalty")).isNotEqualTo(before);
    billing.assertGreen();
  }

  /** 0.002 for the 3rd and 0.004 for the 4th; first the 4th is excused, then the 3rd as well. */
  private void forceMajeureIsAppliedToAllButTheOneThatFails() {
    assertThat(billing.balance("good-2", "penalty")).isEqualTo("0.006000");
    String poisons = billing.balance("poison", "penalty");
    jdbc.sql("alter table posting add constraint fault check (account_id <> 'poison') not valid")
        .update();
    String all = declare("'allAccounts':true", "2024-03-04T02:00:00Z", "2024-03-04T03:00:00Z");
    String later = declare("'accounts':['good-2']", "2024-03-03T02:00:00Z", "2024-03-03T03:00:00Z");
    billing.service().settle();

    assertThat(billing.balance("good-2", "penalty")).isEqualTo("0.000000");
    assertThat(billing.balance("good-44", "penalty")).isEqualTo("0.002000");
    assertThat(billing.balance("poison", "penalty")).isEqualTo(poisons);
    assertThat(setAside("force-majeure")).singleElement().asString().contains("poison", "fault");
    assertThat(applied(all)).isFalse();
    assertThat(applied(later)).isTrue();

    jdbc.sql("alter table posting drop constraint fault").update();
    assertThat(billing.operator().post("/v1/set-aside/retry", "{'account':'poison'}").status())
        .isEqualTo(200);
    awaitNothing("force-majeure");
    billing.service().settle();
    assertThat(billing.balance("poison", "penalty")).isNotEqualTo(poisons);
    assertThat(applied(all)).isTrue();
    billing.assertGreen();
  }

  private String declare(String whom, String from, String to) {
    Answer answer =
        billing
            .operator()
            .post(
                "/v1/force-majeure",
                "{%s,'from':'%s','to':'%s','reason':'a flood'}".formatted(whom, from, to));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.text("/declaration");
  }

  private boolean applied(String declaration) {
    return billing
        .operator()
        .get("/v1/force-majeure/" + declaration)
        .body()
        .at("/applied")
        .asBoolean();
  }

  private void aFeeThatRecursIsSetAsideForOneInstanceOnly() {
    billing.created(
        "/v1/products", "{'product':'seat','name':'seat','cycle':'DAY','paymentTerm':'PT0S'}");
    billing.prices("seat", "{'effectiveFrom':'2019-12-31T16:00:00Z','flatFee':'10'}");
    jdbc.sql(
            "alter table billing_cycle add constraint fault"
                + " check (account_id <> 'poison' or product_id <> 'seat') not valid")
        .update();
    String before = billing.balance("good-7", "unpaid");
    billing.register("good-7", "seat-good-7", "seat", "2024-03-05T00:00", "");
    billing.register("poison", "seat-poison", "seat", "2024-03-05T00:00", "");
    close("2024-03-06T00:00", "2024-03-06T00:00");
    assertThat(before).isEqualTo("4.000000");
    assertThat(billing.balance("good-7", "unpaid")).isEqualTo("14.000000");
    assertThat(setAside("recurring-cycles")).singleElement().asString().contains("seat-poison");
    jdbc.sql("alter table billing_cycle drop constraint fault").update();
    assertThat(
            billing.operator().post("/v1/set-aside/retry", "{'work':'recurring-cycles'}").status())
        .isEqualTo(200);
    awaitNothing("recurring-cycles");
    billing.service().settle();
    assertThat(billing.balance("poison", "unpaid")).isEqualTo("15.000000");
    billing.assertGreen();
  }

  /** What cannot be replayed is a finding about itself; the audit of the others goes on. */
  private void anAccountThatCannotBeAuditedIsNamed() {
    jdbc.sql("update account set currency = 'no' where account_id = 'poison'").update();
    JsonNode report = billing.operator().get("/v1/audit").body();
    assertThat(report.toString()).contains("poison cannot be replayed");
    assertThat(report.at("/green").asBoolean()).isFalse();
    jdbc.sql("update account set currency = 'CNY' where account_id = 'poison'").update();
    billing.assertGreen();
  }

  @Test
  void parkedAccountsAreListedAndTriedAgainWithTheRest() {
    jdbc.sql("insert into parked_account values ('usage', 'poison', 'a test', now())").update();
    assertThat(setAside("consumer%20usage")).singleElement().asString().contains("a test");
    assertThat(
            billing
                .operator()
                .post("/v1/set-aside/retry", "{'account':'poison'}")
                .text("/parkedAccounts"))
        .isEqualTo("1");
    awaitNothing("consumer%20usage");
  }

  @Test
  void onlyOperatorsSeeWhatIsSetAside() {
    assertThat(billing.service().customer("poison").get("/v1/set-aside").status()).isEqualTo(403);
    assertThat(billing.service().reader().post("/v1/set-aside/retry", "{}").status())
        .isEqualTo(403);
  }

  /**
   * 80 units on 6 March at 1; 40 on 17 March, of which 20 are below the hundred at 2 and 20 above
   * it at 1: 80 + 40 + 20. Billed in the other order, all 40 would be below the hundred.
   */
  private void aCycleThatIsBilledAfterLaterOnesOfItsMonthIsCountedBeforeThem() {
    billing.open("behind", "2024-03-06T00:00");
    billing.created(
        "/v1/products", "{'product':'steps','name':'steps','cycle':'DAY','paymentTerm':'PT0S'}");
    billing.prices(
        "steps",
        "{'effectiveFrom':'2019-12-31T16:00:00Z','meters':[{'meter':'units','scope':'MONTH_TO_DATE','model':{'kind':'PER_UNIT','unitPrice':'1'}}]}");
    billing.prices(
        "steps",
        "{'effectiveFrom':'2024-03-15T16:00:00Z','meters':[{'meter':'units','scope':'MONTH_TO_DATE','model':{'kind':'GRADUATED','tiers':[{'upTo':'100','unitPrice':'2'},{'unitPrice':'1'}]}}]}");
    usage("behind", "steps", "2024-03-06", "80", "2024-03-07T00:00");
    poison(HUGE, 1, "2024-03-07T00:00");
    close("2024-03-07T00:00", "2024-03-07T00:00");
    assertThat(setAside("charging"))
        .singleElement()
        .asString()
        .contains("behind", "digits before the point");

    usage("behind", "steps", "2024-03-17", "40", "2024-03-18T00:00");
    close("2024-03-18T00:00", "2024-03-18T00:00");
    assertThat(billing.balance("behind", "unpaid")).isEqualTo("80.000000");

    poison("0", 2, "2024-03-20T00:00");
    close("2024-03-18T00:00", "2024-03-20T00:00");
    assertThat(setAside("charging")).isEmpty();
    assertThat(billing.balance("behind", "unpaid")).isEqualTo("140.000000");
    billing.assertGreen();
  }

  /** 100 of 20 March, billed on the 30th: the first day that costs a penalty of 0.1 is the 31st. */
  private void whatWasSetAsideIsBookedWhenItIsBilled() {
    billing.open("belated", "2024-03-20T00:00");
    billing.created(
        "/v1/products", "{'product':'later','name':'later','cycle':'DAY','paymentTerm':'PT0S'}");
    usage("belated", "later", "2024-03-20", "100", "2024-03-21T00:02");
    close("2024-03-21T00:00", "2024-03-21T00:02");
    assertThat(setAside("charging")).singleElement().asString().contains("belated", "no price");

    billing.stepTo("2024-03-30T09:00");
    billing.prices(
        "later",
        "{'effectiveFrom':'2024-02-29T16:00:00Z','meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'1'}}]}");
    billing.service().settle();
    assertThat(setAside("charging")).isEmpty();
    assertThat(dueAt("belated")).isEqualTo("2024-03-30T01:00:00Z");

    billing.stepTo("2024-03-31T09:00");
    assertThat(billing.penalties("belated")).isEmpty();
    billing.stepTo("2024-04-01T09:00");
    assertThat(billing.penalties("belated", "amount")).containsExactly("2024-03-31 0.100000");
    billing.assertGreen();
  }

  /** When an account's only bill falls due. */
  private String dueAt(String account) {
    JsonNode bills =
        billing.operator().get("/v1/accounts/" + account + "/bills").body().path("items");
    assertThat(bills).hasSize(1);
    return bills.path(0).path("dueAt").asString();
  }

  private void poison(String quantity, int revision, String tick) {
    billing.usage(
        Granularity.DAY,
        "behind",
        "steps-poison",
        "steps",
        "2024-03-06T00:00",
        quantity,
        revision,
        tick);
  }

  private void good(String day, String quantity, int revision, String tick) {
    for (int i = 1; i <= ACCOUNTS; i++) {
      day("good-" + i, day, quantity, revision, tick);
    }
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

  private void usage(String account, String product, String day, String quantity, String tick) {
    billing.usage(
        Granularity.DAY,
        account,
        product + "-" + account,
        product,
        day + "T00:00",
        quantity,
        1,
        tick);
  }

  private void close(String closedUpTo, String tick) {
    billing.closed(Granularity.DAY, closedUpTo, tick);
    billing.stepTo(tick);
  }

  private void assertGood(String unpaid) {
    for (int i = 1; i <= ACCOUNTS; i++) {
      assertThat(billing.balance("good-" + i, "unpaid")).as("good-" + i).isEqualTo(unpaid);
    }
  }

  private List<String> setAside(String work) {
    List<String> items = new ArrayList<>();
    billing
        .service()
        .reader()
        .get("/v1/set-aside?work=" + work)
        .body()
        .at("/items")
        .forEach(item -> items.add(item.toString()));
    return items;
  }

  private void awaitNothing(String work) {
    var unused = Await.until(Duration.ofSeconds(60), () -> setAside(work), List::isEmpty);
  }
}
