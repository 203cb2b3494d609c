package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.testing.Billing;
import io.tollgate.client.Answer;
import io.tollgate.model.NoticeId;
import io.tollgate.model.PolicyLevel;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.User;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Money moved by hand: alone up to an amount, above it by two persons, once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdjustmentIT {
  private Billing billing;
  private User anna;
  private User bert;
  private User carl;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T00:00");
    anna = billing.service().operatorFor("anna", "adjust approve");
    bert = billing.service().operatorFor("bert", "adjust approve");
    carl = billing.service().operatorFor("carl", "approve");
    billing.open(
        List.of("small", "large", "race", "wrong", "back", "listed", "schema", "limit"),
        "2024-03-01T00:00");
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  private static Answer enter(User who, String account, String amount) {
    return who.post(
        "/v1/accounts/" + account + "/adjustments",
        "{'amount':'%s','rule':'C7.4.1','reason':'an outage'}".formatted(amount));
  }

  private static String path(Answer entered) {
    return "/v1/accounts/%s/adjustments/%s"
        .formatted(entered.text("/account"), entered.text("/adjustment"));
  }

  private static Answer approve(User who, Answer entered) {
    return who.post(path(entered) + "/approval", "");
  }

  @Test
  void upToTheAmountOneOperatorIsEnough() {
    Answer booked = enter(anna, "small", "1000");
    assertThat(booked.status()).isEqualTo(201);
    assertThat(booked.text("/state")).isEqualTo("BOOKED");
    assertThat(billing.balance("small", "funds")).isEqualTo("1000.000000");

    Answer postings = billing.operator().get("/v1/accounts/small/postings");
    assertThat(postings.text("/items/0/contra")).isEqualTo("ADJUSTMENTS");
    assertThat(postings.text("/items/0/rule")).isEqualTo("C7.4.1");
  }

  /** Once it is booked, not while it waits for a second person. */
  @Test
  void moneyMovedByHandIsTold() {
    billing.open("told", "2024-03-01T00:00");
    Answer given = enter(anna, "told", "20");
    assertThat(enter(anna, "told", "5000").text("/state")).isEqualTo("PENDING");
    assertThat(anna.post(path(given) + "/reversal", "{'reason':'a mistake'}").status())
        .isEqualTo(201);
    billing.service().settle();
    assertThat(
            Wire.heard(
                Topics.BILLING_EVENTS,
                "told",
                BillingEvent.CODEC,
                BillingEvent.AdjustmentBooked.class))
        .extracting(told -> told.kind() + " " + told.amount() + " " + told.rule())
        .containsExactly("CREDITED 20.000000 CNY C7.4.1", "TAKEN_BACK 20.000000 CNY C7.4.1");
  }

  /** The notice of another value opens nothing; its own opens it once. */
  @Test
  void aPolicyThatIsWorseForAccountsNeedsTheNoticeOfThatVeryRow() {
    Instant december = Billing.local("2024-12-01T00:00");
    assertThat(penaltyFirst("").problem()).isEqualTo("gate-needed");
    NoticeId other =
        billing.matured(
            new GateAction.Policy(
                "penalty.rate", PolicyLevel.SPECIAL_TERMS, Optional.empty(), "0.002"));
    assertThat(penaltyFirst(",'notice':'" + other + "'").problem()).isEqualTo("gate-mismatch");
    NoticeId notice = billing.changeTerms("recharge.allocation", "PENALTY_FIRST", december);
    assertThat(penaltyFirst(",'notice':'" + notice + "'").problem()).isEqualTo("gate-used");
  }

  private Answer penaltyFirst(String notice) {
    return billing
        .operator()
        .post(
            "/v1/policies",
            "{'name':'recharge.allocation','level':'SPECIAL_TERMS','value':'PENALTY_FIRST','effectiveFrom':'2024-12-01T00:00:00Z','reason':'a test'%s}"
                .formatted(notice));
  }

  /** Whoever uses the product hears of a later version and of its withdrawal, nobody else does. */
  @Test
  void aPriceChangeIsToldToWhoeverUsesTheProduct() {
    billing.product("repriced", "HOUR", "1");
    billing.open(List.of("uses", "used", "other"), "2024-03-01T00:00");
    billing.register("uses", "i-uses", "repriced", "2024-03-01T00:00", "");
    billing.register("used", "i-used", "repriced", "2024-03-01T00:00", "2024-03-01T00:00");
    billing.service().settle();
    String april = Billing.local("2024-04-01T00:00").toString();
    billing.prices(
        "repriced",
        "{'effectiveFrom':'"
            + april
            + "','meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'2'}}]}");
    assertThat(
            billing
                .operator()
                .post("/v1/products/repriced/prices/2/withdrawal", "{'reason':'mistyped'}")
                .status())
        .isEqualTo(200);
    billing.service().settle();
    assertThat(priceChanges("uses"))
        .containsExactly(
            "repriced 2 ADDED " + april + " C2.1", "repriced 2 WITHDRAWN " + april + " C2.1");
    assertThat(priceChanges("used")).isEmpty();
    assertThat(priceChanges("other")).isEmpty();

    // Both in one batch, and the later row first in the table.
    billing
        .service()
        .bean(JdbcClient.class)
        .sql(
            """
            insert into price_news (account_id, product_id, version, change, effective_from, at, rule)
            select 'uses', 'repriced', 3, change, '2024-05-01Z', '2024-03-01Z', 'C2.1'
              from unnest(array['WITHDRAWN', 'ADDED']) as change
            """)
        .update();
    billing.service().settle();
    assertThat(priceChanges("uses"))
        .endsWith(
            "repriced 3 ADDED 2024-05-01T00:00:00Z C2.1",
            "repriced 3 WITHDRAWN 2024-05-01T00:00:00Z C2.1");
  }

  private static List<String> priceChanges(String account) {
    return Wire.heard(
            Topics.BILLING_EVENTS, account, BillingEvent.CODEC, BillingEvent.PriceChanged.class)
        .stream()
        .map(
            told ->
                "%s %d %s %s %s"
                    .formatted(
                        told.product(),
                        told.version(),
                        told.change(),
                        told.effectiveFrom(),
                        told.rule()))
        .toList();
  }

  @Test
  void aboveTheAmountNothingMovesUntilASecondPersonAgrees() {
    Answer entered = enter(anna, "large", "1000.000001");
    assertThat(entered.status()).isEqualTo(202);
    assertThat(entered.text("/state")).isEqualTo("PENDING");
    assertThat(billing.balance("large", "funds")).isEqualTo("0.000000");

    Answer alone = approve(anna, entered);
    assertThat(alone.status()).isEqualTo(403);
    assertThat(alone.problem()).isEqualTo("second-person-needed");
    assertThat(approve(billing.service().operatorFor("dora", "adjust"), entered).status())
        .isEqualTo(403);
    assertThat(billing.balance("large", "funds")).isEqualTo("0.000000");

    Answer approved = approve(bert, entered);
    assertThat(approved.status()).isEqualTo(200);
    assertThat(approved.text("/requestedBy")).isEqualTo("anna");
    assertThat(approved.text("/decidedBy")).isEqualTo("bert");
    assertThat(approve(bert, entered).status()).isEqualTo(200);
    assertThat(approve(carl, entered).status()).isEqualTo(409);
    assertThat(carl.post(path(entered) + "/rejection", "{'reason':'too late'}").status())
        .isEqualTo(409);
    assertThat(billing.balance("large", "funds")).isEqualTo("1000.000001");

    Answer trail = billing.operator().get("/v1/accounts/large/audit-trail");
    assertThat(trail.text("/items/0/what"))
        .contains("1000.000001 CNY", "entered by another person, approved and booked");
    assertThat(trail.text("/items/0/who")).isEqualTo("bert");
    assertThat(trail.text("/items/0/rule")).isEqualTo("C7.4.1");
    assertThat(trail.text("/items/1/who")).isEqualTo("anna");
    Answer own = billing.service().customer("large").get("/v1/accounts/large/audit-trail");
    assertThat(own.body().at("/items").findValuesAsString("who"))
        .startsWith("operator", "operator");
    assertThat(own.body().toString()).doesNotContain("anna", "bert");
  }

  @Test
  void whoHasSetTheLimitIsNotFreedByIt() {
    User eve = billing.service().operatorFor("eve", "adjust policy");
    Instant from = billing.service().now();
    String raised =
        "{'name':'adjustment.approval-above','level':'SPECIAL_TERMS','value':'CNY 1000',"
            + "'effectiveFrom':'%s','reason':'mine'}".formatted(from);
    Answer first = eve.post("/v1/policies", raised, "raised-once");
    assertThat(first.status()).isEqualTo(201);
    billing.service().stepTo(from.plusSeconds(1).toString());
    assertThat(eve.post("/v1/policies", raised, "raised-once").body()).isEqualTo(first.body());
    assertThat(eve.post("/v1/policies", raised).text("/errors/0/field")).isEqualTo("effectiveFrom");
    Answer entered = enter(eve, "limit", "1");
    assertThat(entered.status()).isEqualTo(202);
    assertThat(carl.post(path(entered) + "/rejection", "{'reason':'no'}").status()).isEqualTo(200);
    assertThat(enter(anna, "limit", "1").status()).isEqualTo(201);
  }

  @Test
  void whatIsRejectedNeverMoves() {
    Answer entered = enter(anna, "wrong", "5000");
    assertThat(anna.post(path(entered) + "/rejection", "{'reason':'mine'}").status())
        .isEqualTo(403);
    Answer rejected = carl.post(path(entered) + "/rejection", "{'reason':'wrong account'}");
    assertThat(rejected.text("/state")).isEqualTo("REJECTED");
    assertThat(rejected.text("/rejection")).isEqualTo("wrong account");
    assertThat(approve(bert, entered).status()).isEqualTo(409);
    assertThat(enter(anna, "wrong", "-1").status()).isEqualTo(400);
    assertThat(billing.balance("wrong", "funds")).isEqualTo("0.000000");
  }

  @Test
  void ofTwoWhoDecideAtOnceOneDoesAndItIsBookedOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int round = 1; round <= 10; round++) {
        Answer entered = enter(anna, "race", "2000");
        List<Callable<Integer>> both =
            Stream.of(bert, carl)
                .<Callable<Integer>>map(who -> () -> approve(who, entered).status())
                .toList();
        assertThat(threads.invokeAll(both))
            .extracting(Future::get)
            .containsExactlyInAnyOrder(200, 409);
      }
    }
    assertThat(billing.balance("race", "funds")).isEqualTo("20000.000000");
  }

  @Test
  void whatWasGivenIsTakenBackOnceByTheSameRule() {
    Answer given = enter(anna, "back", "1500");
    var unused = approve(bert, given);
    Answer taking = bert.post(path(given) + "/reversal", "{'reason':'no outage'}");
    assertThat(taking.status()).isEqualTo(202);
    assertThat(anna.post(path(given) + "/reversal", "{'reason':'no outage'}").status())
        .isEqualTo(409);
    assertThat(approve(anna, taking).status()).isEqualTo(200);
    assertThat(billing.balance("back", "funds")).isEqualTo("0.000000");
    assertThat(billing.operator().get("/v1/audit").body().at("/green").asBoolean()).isTrue();
  }

  @Test
  void whatWaitsIsListedPageByPage() {
    List<String> entered =
        Stream.of("3001", "3002", "3003")
            .map(amount -> enter(anna, "listed", amount).text("/adjustment"))
            .sorted()
            .toList();
    Answer first = carl.get("/v1/adjustments?limit=2");
    assertThat(first.text("/items/0/adjustment")).isEqualTo(entered.get(0));
    Answer second = carl.get("/v1/adjustments?cursor=" + first.text("/nextCursor"));
    assertThat(second.text("/items/0/adjustment")).isEqualTo(entered.get(2));

    Answer latest = carl.get("/v1/accounts/listed/adjustments?limit=2");
    assertThat(latest.body().at("/items").size()).isEqualTo(2);
    assertThat(
            carl.get("/v1/accounts/listed/adjustments?cursor=" + latest.text("/nextCursor"))
                .body()
                .at("/items")
                .size())
        .isEqualTo(1);
  }

  /** What the code forgets, the schema refuses. */
  @Test
  void theDatabaseTakesNoApprovalOfOnesOwn() {
    Answer entered = enter(anna, "schema", "7000");
    JdbcClient jdbc = billing.service().bean(JdbcClient.class);
    for (String by : List.of("'anna'", "null")) {
      assertThatThrownBy(
              () ->
                  jdbc.sql(
                          "update adjustment set state = 'BOOKED', booked_at = requested_at,"
                              + " decided_by = "
                              + by
                              + " where adjustment_id = :id")
                      .param("id", entered.text("/adjustment"))
                      .update())
          .isInstanceOf(DataIntegrityViolationException.class);
    }
    assertThat(approve(bert, entered).status()).isEqualTo(200);
  }
}
