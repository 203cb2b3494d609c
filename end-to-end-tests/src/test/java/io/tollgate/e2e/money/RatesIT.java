package io.tollgate.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.standalone.Service;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * Every kind of price at, below and above its bounds, and the examples of prices (C2.1), charged
 * for one day's usage: each quantity is used in an hour of its own, which is a bill of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnSharedCloud
class RatesIT {

  private static final String METER = "rates-units";
  private static final String TIERS =
      "[{'upTo':'100','unitPrice':'1'},{'upTo':'250','unitPrice':'0.5'},{'unitPrice':'0.2'}]";
  private static final String UP_TO_100 =
      "{'kind':'%s','tiers':[{'upTo':'100','unitPrice':'%s'},{'unitPrice':'%s'}]}";

  private Cloud cloud;
  private LocalDate day;

  /** All accounts use what they use, then the clock is driven over the day and one hour more. */
  @BeforeAll
  void useForADay(Cloud shared) {
    cloud = shared;
    day = cloud.freshDay();
    cloud.meter(METER, "SUM", day + "T00:00");
    sell("graduated", "HOUR", "{'kind':'GRADUATED','tiers':" + TIERS + "}", "CYCLE");
    sell("volume", "HOUR", UP_TO_100.formatted("VOLUME", "1", "0.5"), "CYCLE");
    sell("blocks", "HOUR", "{'kind':'BLOCKS','blockSize':'10','price':'3'}", "CYCLE");
    sell("tiny", "HOUR", "{'kind':'PER_UNIT','unitPrice':'0.0000015'}", "MONTH_TO_DATE");
    sell("month-volume", "HOUR", UP_TO_100.formatted("VOLUME", "1", "0.5"), "MONTH_TO_DATE");
    sell("versions", "HOUR", UP_TO_100.formatted("GRADUATED", "1", "9"), "MONTH_TO_DATE");
    var unused =
        cloud.price(
            "versions",
            day.plusDays(1) + "T00:00",
            Cloud.priced(METER, UP_TO_100.formatted("GRADUATED", "2", "1"), "MONTH_TO_DATE"));
    sellWithAllowance();
    sellWithMinimum();
    sellToTwo("pool", "ACCOUNT");
    sellToTwo("apart", "INSTANCE");
    use("graduated", 0, "99", "100", "101", "249", "250", "251", "100.000001", "0.5");
    use("volume", 0, "99", "100", "101");
    use("blocks", 0, "9", "10", "11", "0.1");
    use("allowance", 0, "6", "5", "4");
    use("tiny", 0, "1", "1", "1");
    use("month-volume", 0, "100", "1");
    use("versions", 23, "80", "40");
    use("under-minimum", 0, "7.5");
    use("over-minimum", 0, "10.5");
    cloud.advanceTo(day.plusDays(1) + "T01:00");
  }

  private void sell(String name, String cycle, String model, String scope) {
    sellAt(name, cycle, Cloud.priced(METER, model, scope));
    cloud.open(name, name);
  }

  private void sellAt(String product, String cycle, String price) {
    cloud.product(product, cycle);
    var unused = cloud.price(product, day + "T00:00", price);
  }

  private void sellWithAllowance() {
    sellAt(
        "allowance",
        "HOUR",
        "'meters':[{'meter':'%s','model':{'kind':'PER_UNIT','unitPrice':'2'},'scope':'CYCLE',"
                .formatted(METER)
            + "'freeAllowance':'5','freeAllowanceScope':'CYCLE'}]");
    cloud.open("allowance", "allowance");
  }

  private void sellWithMinimum() {
    sellAt(
        "minimum",
        "DAY",
        "'minimum':'10'," + Cloud.priced(METER, "{'kind':'PER_UNIT','unitPrice':'1'}", "CYCLE"));
    cloud.open("under-minimum", "minimum");
    cloud.open("over-minimum", "minimum");
  }

  /** A product with 100 free units a month; in one hour two instances use 80 and 60. */
  private void sellToTwo(String account, String countedPer) {
    sellAt(
        account,
        "HOUR",
        "'countedPer':'%s','meters':[{'meter':'%s','model':{'kind':'PER_UNIT','unitPrice':'1'},"
                .formatted(countedPer, METER)
            + "'scope':'MONTH_TO_DATE','freeAllowance':'100','freeAllowanceScope':'MONTH_TO_DATE'}]");
    cloud.openAccount(account);
    cloud.register(account, account + "-1", account);
    cloud.register(account, account + "-2", account);
    cloud.use(account + "-2", METER, day + "T00:30", "60");
    cloud.use(account + "-1", METER, day + "T00:30", "80");
  }

  @Test
  void instancesShareTheFreeUnitsOfTheirAccountUnlessEachHasItsOwn() {
    // 80 + 60 - 100: the second one pays for 40.
    assertThat(cloud.amounts("pool")).containsExactlyInAnyOrder("0.000000", "40.000000");
    assertThat(cloud.amounts("apart")).containsExactly("0.000000", "0.000000");
  }

  /** Uses each quantity half past one of consecutive hours. */
  private void use(String account, int firstHour, String... quantities) {
    var at = day.atTime(firstHour, 30);
    for (String quantity : quantities) {
      cloud.use(account, METER, at.toString(), quantity);
      at = at.plusHours(1);
    }
  }

  @Test
  void graduatedTiersPriceEachUnitInItsTier() {
    // 100 x 1, then 150 x 0.5, then 0.2; 0.000001 x 0.5 is 0.0000005 and half up.
    assertThat(cloud.amounts("graduated"))
        .containsExactly(
            "99.000000",
            "100.000000",
            "100.500000",
            "174.500000",
            "175.000000",
            "175.200000",
            "100.000001",
            "0.500000");
  }

  @Test
  void volumeTiersPriceAllUnitsInTheTierReached() {
    assertThat(cloud.amounts("volume")).containsExactly("99.000000", "100.000000", "50.500000");
  }

  @Test
  void everyStartedBlockCounts() {
    assertThat(cloud.amounts("blocks"))
        .containsExactly("3.000000", "3.000000", "6.000000", "3.000000");
  }

  @Test
  void anAllowanceIsFree() {
    // 6 of which 5 are free; 5 and 4 cost nothing.
    assertThat(cloud.amounts("allowance")).containsExactly("2.000000", "0.000000", "0.000000");
  }

  @Test
  void threeCyclesOfOneTinyUnitCostTogetherWhatThreeUnitsCost() {
    // 0.0000015, 0.0000030 and 0.0000045 rounded are 0.000002, 0.000003 and 0.000005.
    assertThat(cloud.amounts("tiny")).containsExactly("0.000002", "0.000001", "0.000002");
    assertThat(cloud.balance("tiny", "owed")).isEqualTo("0.000005");
  }

  @Test
  void theHundredAndFirstUnitMakesTheWholeMonthCheaper() {
    assertThat(cloud.amounts("month-volume")).containsExactly("100.000000", "-49.500000");
  }

  @Test
  void countersGoOnOverANewPriceVersion() {
    // 80 x 1; then 20 x 2 and 20 x 1: together 140.
    assertThat(cloud.amounts("versions")).containsExactly("80.000000", "60.000000");
    assertThat(cloud.balance("versions", "owed")).isEqualTo("140.000000");
  }

  @Test
  void aMinimumIsToppedUp() {
    assertThat(kinds("under-minimum")).containsExactly("USAGE 7.500000", "MINIMUM 2.500000");
    assertThat(kinds("over-minimum")).containsExactly("USAGE 10.500000");
  }

  private List<String> kinds(String account) {
    return cloud.lines(account).stream()
        .map(line -> line.at("/kind").asString() + " " + line.at("/amount").asString())
        .toList();
  }

  @Test
  void noServiceFindsAContradiction() {
    for (Service service : Service.values()) {
      JsonNode report = Cloud.done(cloud.deployment().operator(service).get("/v1/audit")).body();
      assertThat(report.at("/green").asBoolean()).as("%s", report).isTrue();
    }
  }
}
