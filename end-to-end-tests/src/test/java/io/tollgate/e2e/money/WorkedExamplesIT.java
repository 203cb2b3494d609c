package io.tollgate.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.e2e.testing.SharedCloud;
import io.tollgate.standalone.Service;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * The worked examples of arrears and penalties (C2.3), from usage events to the last digit: one
 * March whose chapters follow one another.
 *
 * <p>A product costs 1 per unit and is billed hourly: what is used is what is billed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnSharedCloud
@Order(SharedCloud.FIRST)
class WorkedExamplesIT {

  private static final String METER = "worked-units";

  /** Example 1; pays its penalty on 6 March. */
  private static final String ONE = "worked-1";

  /** Example 1 while recharges pay penalty first. */
  private static final String PENALTY_FIRST = "worked-1-penalty-first";

  private static final String TWO = "worked-2";

  /** Example 1, whose penalty is still owed when its bill is corrected. */
  private static final String THREE = "worked-3";

  private Cloud cloud;

  @BeforeAll
  void open(Cloud shared) {
    cloud = shared;
    cloud.advanceTo("2024-02-28T00:00");
    cloud.meter(METER, "SUM", "2024-02-28T00:00");
    cloud.product("worked-vm", "HOUR");
    String perUnit = "{'kind':'PER_UNIT','unitPrice':'1'}";
    var unused =
        cloud.price("worked-vm", "2024-02-28T00:00", Cloud.priced(METER, perUnit, "CYCLE"));
  }

  /** A test of its own would find no March before it. */
  @Test
  void theWorkedExamplesComeOutToTheLastDigit() {
    february2024Has29Days();
    whatFundsDoNotCoverIsOwedFromTheEndOfTheCycle();
    aRechargeCountsForItsDay();
    theDayOfFullPaymentIsFreeAndThePenaltyStaysOwed();
    aCorrectionDownwardTakesBackPenaltyFromTheDueTime();
  }

  /** Up to 10 units of a month cost 1 each, more cost 0.5 each. */
  private void february2024Has29Days() {
    cloud.product("leap", "DAY");
    var unused =
        cloud.price(
            "leap",
            "2024-02-28T00:00",
            Cloud.priced(
                METER,
                "{'kind':'GRADUATED','tiers':[{'upTo':'10','unitPrice':'1'},{'unitPrice':'0.5'}]}",
                "MONTH_TO_DATE"));
    cloud.open("leap", "leap");
    // What is suspended for arrears would cost nothing from then on.
    var paid = cloud.recharge("leap", "50.00");
    assertThat(paid.status()).isEqualTo(201);
    cloud.use("leap", METER, "2024-02-28T12:00", "8");
    cloud.advanceTo("2024-02-29T00:00");
    cloud.use("leap", METER, "2024-02-29T00:00", "3");
    cloud.use("leap", METER, "2024-02-29T23:59:59.999", "5");
    cloud.advanceTo("2024-03-01T00:00");
    cloud.use("leap", METER, "2024-03-01T00:00", "8");
    for (String account : List.of(ONE, PENALTY_FIRST, TWO, THREE)) {
      cloud.open(account, "worked-vm");
    }
    cloud.deployment().settle();
    // The 28th: 8 x 1. The 29th: 2 x 1 and 6 x 0.5. The 1st of March is reckoned afresh: 8 x 1.
    assertThat(cloud.amounts("leap")).containsExactly("8.000000", "5.000000");
  }

  private void whatFundsDoNotCoverIsOwedFromTheEndOfTheCycle() {
    for (String account : List.of(ONE, PENALTY_FIRST, THREE)) {
      var unused = cloud.recharge(account, "40.00");
      cloud.use(account, METER, "2024-03-01T09:00", "60");
      cloud.post(
          List.of(cloud.event(account, METER, account, cloud.at("2024-03-01T09:59:59"), "40")));
    }
    cloud.use(TWO, METER, "2024-03-01T09:30", "60");
    cloud.advanceTo("2024-03-01T10:00");

    assertThat(cloud.balance(ONE, "owed")).isEqualTo("60.000000");
    assertThat(cloud.balance(ONE, "funds")).isEqualTo("0.000000");
    assertThat(cloud.bills(ONE))
        .singleElement()
        .satisfies(
            bill -> {
              assertThat(bill.at("/amount").asString()).isEqualTo("100.000000");
              assertThat(instant(bill, "/dueAt")).isEqualTo(cloud.at("2024-03-01T10:00"));
            });

    cloud.advanceTo("2024-03-02T00:00");
    assertThat(cloud.amounts("leap")).containsExactly("8.000000", "5.000000", "8.000000");
    cloud.use(TWO, METER, "2024-03-02T09:30", "30");
  }

  private static Instant instant(JsonNode node, String pointer) {
    return Instant.parse(node.at(pointer).asString());
  }

  private void aRechargeCountsForItsDay() {
    cloud.advanceTo("2024-03-04T12:00");
    for (String account : List.of(ONE, PENALTY_FIRST, THREE)) {
      assertThat(cloud.penalties(account))
          .containsExactly("2024-03-02 0.060000", "2024-03-03 0.060000");
    }
    var unused = cloud.recharge(ONE, "20.00");
    unused = cloud.recharge(THREE, "20.00");
    unused = cloud.recharge(TWO, "70.00");
    assertThat(cloud.balance(TWO, "owed")).isEqualTo("20.120000");
    assertThat(cloud.balance(TWO, "penalty")).isEqualTo("0.030000");
    rechargePenaltyFirst("2024-03-04T12:0", "20.00");
    assertThat(cloud.balance(PENALTY_FIRST, "owed")).isEqualTo("40.120000");

    cloud.advanceTo("2024-03-05T09:00");
    assertThat(cloud.penalties(ONE).getLast()).isEqualTo("2024-03-04 0.040000");
    assertThat(cloud.penalties(PENALTY_FIRST).getLast()).isEqualTo("2024-03-04 0.040120");
    assertThat(cloud.penalties(TWO))
        .containsExactly(
            "2024-03-02 0.060000",
            "2024-03-03 0.030000",
            "2024-03-03 0.060000",
            "2024-03-04 0.020120");
  }

  private void theDayOfFullPaymentIsFreeAndThePenaltyStaysOwed() {
    var unused = cloud.recharge(ONE, "40.00");
    unused = cloud.recharge(THREE, "40.00");
    rechargePenaltyFirst("2024-03-05T09:0", "40.00");
    assertThat(cloud.balance(PENALTY_FIRST, "owed")).isEqualTo("0.160120");
    assertThat(cloud.balance(PENALTY_FIRST, "penalty")).isEqualTo("0.000000");

    cloud.advanceTo("2024-03-06T10:00");
    assertThat(cloud.penalties(PENALTY_FIRST).getLast()).isEqualTo("2024-03-05 0.000160");
    for (String account : List.of(ONE, THREE)) {
      assertThat(cloud.penalties(account)).hasSize(3);
      assertThat(cloud.balance(account, "owed")).isEqualTo("0.000000");
      assertThat(cloud.balance(account, "penalty")).isEqualTo("0.160000");
    }
    unused = cloud.recharge(ONE, "0.16");
    assertThat(cloud.balance(ONE, "penalty")).isEqualTo("0.000000");
    assertThat(cloud.balance(ONE, "funds")).isEqualTo("0.000000");
  }

  /** The bill of 100 becomes 70: 40 of the usage was 10. */
  private void aCorrectionDownwardTakesBackPenaltyFromTheDueTime() {
    cloud.advanceTo("2024-03-10T09:00");
    assertThat(shownByAccountService(THREE, "penaltyOwed")).isEqualTo("0.160000");
    for (String account : List.of(ONE, THREE)) {
      amend(account);
    }
    cloud.advanceTo("2024-03-10T11:00");

    for (String account : List.of(ONE, THREE)) {
      assertThat(cloud.penalties(account))
          .containsExactly("2024-03-02 0.030000", "2024-03-03 0.030000", "2024-03-04 0.010000");
      assertThat(cloud.balance(account, "penalty")).isEqualTo("0.000000");
      assertThat(cloud.balance(account, "owed")).isEqualTo("0.000000");
    }
    assertThat(cloud.balance(THREE, "funds")).isEqualTo("29.930000");
    assertThat(cloud.balance(ONE, "funds")).isEqualTo("30.090000");
    // Penalty that was taken back bars nothing.
    assertThat(shownByAccountService(THREE, "penaltyOwed")).isEqualTo("0.000000");
    assertThat(shownByAccountService(THREE, "owed")).isEqualTo("0.000000");
    cloud.register(THREE, THREE + "-second", "worked-vm");
  }

  private String shownByAccountService(String account, String figure) {
    cloud.deployment().settle();
    return cloud
        .deployment()
        .operator(Service.ACCOUNT)
        .get("/v1/accounts/" + account)
        .text("/" + figure);
  }

  private void amend(String account) {
    var unused =
        Cloud.done(
            cloud
                .deployment()
                .operator(Service.METERING)
                .post(
                    "/v1/corrections",
                    "{'kind':'AMEND','reason':'the counter was read wrongly','event':%s}"
                        .formatted(
                            cloud.event(
                                account, METER, account, cloud.at("2024-03-01T09:59:59"), "10"))));
  }

  /** The shared deployment is penalty-first for one minute, in which the account is recharged. */
  private void rechargePenaltyFirst(String localTenMinutes, String amount) {
    cloud.advanceTo(localTenMinutes + "1");
    var unused = cloud.recharge(PENALTY_FIRST, amount);
    cloud.advanceTo(localTenMinutes + "2");
  }
}
