package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.model.Granularity;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an account's instances cost together, and while they are suspended (sections 1, 4, 6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RatingIT {
  private static final String START = "2019-12-31T16:00:00Z";
  private Billing billing;

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T08:00");
    billing.open(
        List.of(
            "shared",
            "own",
            "halted",
            "kept",
            "told-late",
            "again",
            "least",
            "early",
            "known-late"),
        "2024-03-01T08:00");
    hundredFree("pool", "ACCOUNT");
    hundredFree("alone", "INSTANCE");
    withFee("box", false);
    withFee("vault", true);
    billing.product("disk", "DAY", "1");
    billing.created("/v1/products", "{'product':'floor','name':'x','cycle':'DAY'}");
    billing.prices(
        "floor",
        """
        {'effectiveFrom':'%s','minimum':'5','meters':[{'meter':'units',
         'model':{'kind':'PER_UNIT','unitPrice':'1'}}]}\
        """
            .formatted(START));
    billing.register("halted", "i-stopped", "box", "2024-03-02T00:00", "");
    billing.register("kept", "i-kept", "vault", "2024-03-02T00:00", "");
  }

  private void hundredFree(String product, String countedPer) {
    billing.created(
        "/v1/products", "{'product':'%s','name':'x','cycle':'HOUR'}".formatted(product));
    billing.prices(
        product,
        """
        {'effectiveFrom':'%s','countedPer':'%s','meters':[{'meter':'units',
         'model':{'kind':'PER_UNIT','unitPrice':'1'},'scope':'MONTH_TO_DATE',
         'freeAllowance':'100','freeAllowanceScope':'MONTH_TO_DATE'}]}\
        """
            .formatted(START, countedPer));
  }

  private void withFee(String product, boolean retainedStorageCharged) {
    billing.created(
        "/v1/products",
        "{'product':'%s','name':'x','cycle':'DAY','retainedStorageCharged':%s}"
            .formatted(product, retainedStorageCharged));
    billing.prices(
        product,
        """
        {'effectiveFrom':'%s','flatFee':'24','meters':[{'meter':'units',
         'model':{'kind':'PER_UNIT','unitPrice':'1'}}]}\
        """
            .formatted(START));
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  /** Every chapter begins at the day on which the one before has ended. */
  @Test
  void instancesOfOneMarchAreRatedTogetherAndWhileSuspended() {
    twoInstancesShareTheFreeUnitsOfTheirAccount();
    nothingArisesFromTheSuspensionToTheResumption();
    aSuspensionThatIsLearntAfterTheBillTakesItsFeeBack();
    aSuspensionThatComesAgainAtOneInstantCounts();
    lateUsageIsRatedWhenEveryPartitionThatToldOfItHasToldAll();
    aMinimumThatIsReachedLaterIsExplainedAsChargedBeforeAndNotAtAllNow();
    serviceBeforeTheFirstPriceIsFreeAndUsageWaits();
    anInstanceThatIsLearntWhenItHasEndedOwesItsFeesOfAllMonths();
  }

  private void twoInstancesShareTheFreeUnitsOfTheirAccount() {
    hour("shared", "i-1", "pool", "80");
    hour("shared", "i-2", "pool", "60");
    hour("own", "i-3", "alone", "80");
    hour("own", "i-4", "alone", "60");
    billing.closed(Granularity.HOUR, "2024-03-01T10:00", "2024-03-01T10:00");
    billing.stepTo("2024-03-01T10:00");

    assertThat(lines("shared")).containsExactly("i-1 80 0.000000", "i-2 60 40.000000");
    assertThat(billing.balance("shared", "unpaid")).isEqualTo("40.000000");
    assertThat(billing.balance("own", "unpaid")).isEqualTo("0.000000");
    JsonNode explained = explained("shared", "60");
    isWhole(explained);
    assertThat(explained.at("/price/countedPer").asString()).isEqualTo("ACCOUNT");
    assertThat(explained.at("/line/rated/counterBefore/freeUnits").asString()).isEqualTo("80");
    assertThat(explained.at("/line/rated/counterAfter/freeUnits").asString()).isEqualTo("100");
    assertThat(explained.at("/line/rated/counterAfter/units").asString()).isEqualTo("40");
  }

  private void nothingArisesFromTheSuspensionToTheResumption() {
    billing.suspend("halted", "i-stopped", "box", "2024-03-03T00:02");
    billing.suspend("kept", "i-kept", "vault", "2024-03-03T00:02");
    day("halted", "i-stopped", "box", "2024-03-04", "3", 1, "2024-03-05T00:00", 0);
    day("kept", "i-kept", "vault", "2024-03-04", "3", 1, "2024-03-05T00:00", 0);
    billing.closed(Granularity.DAY, "2024-03-06T00:00", "2024-03-06T00:00");
    billing.stepTo("2024-03-06T00:00");

    // 2 and 3 March; with retained storage 2 to 5 March, and the usage.
    assertThat(billing.balance("halted", "unpaid")).isEqualTo("48.000000");
    assertThat(billing.balance("kept", "unpaid")).isEqualTo("99.000000");
    assertThat(lines("halted"))
        .containsExactlyInAnyOrder(
            "i-stopped 3 0.000000", "i-stopped 1 24.000000", "i-stopped 1 24.000000");
    assertThat(explained("halted", "3").at("/line/rated/basis").asString()).isEqualTo("SUSPENDED");

    billing.resume("halted", "i-stopped", "box", "2024-03-06T10:00");
    billing.closed(Granularity.DAY, "2024-03-08T00:00", "2024-03-08T00:00");
    billing.stepTo("2024-03-08T00:00");
    assertThat(billing.balance("halted", "unpaid")).isEqualTo("96.000000");
  }

  private void aSuspensionThatIsLearntAfterTheBillTakesItsFeeBack() {
    billing.suspend("halted", "i-stopped", "box", "2024-03-06T23:00");
    billing.stepTo("2024-03-08T01:00");
    assertThat(billing.balance("halted", "unpaid")).isEqualTo("72.000000");
    taken(line("halted", "FLAT", "-24.000000"), "24.000000");
    assertThat(items("halted", "bills"))
        .allSatisfy(bill -> assertThat(amount(bill, "penalty")).isNotNegative())
        .anySatisfy(bill -> assertThat(amount(bill, "unpaid")).isZero());

    billing.resume("halted", "i-stopped", "box", "2024-03-07T12:00");
    billing.stepTo("2024-03-08T02:00");
    assertThat(billing.balance("halted", "unpaid")).isEqualTo("96.000000");
  }

  /** A hold is placed, lifted and placed again while the clock stands still: it lasts. */
  private void aSuspensionThatComesAgainAtOneInstantCounts() {
    billing.register("again", "i-again", "box", "2024-03-08T02:00", "");
    for (int time = 0; time < 2; time++) {
      billing.suspend("again", "i-again", "box", "2024-03-08T02:00");
      billing.resume("again", "i-again", "box", "2024-03-08T02:00");
    }
    billing.suspend("again", "i-again", "box", "2024-03-08T02:00");
    billing.closed(Granularity.DAY, "2024-03-10T00:00", "2024-03-10T00:00");
    billing.stepTo("2024-03-10T00:00");
    assertThat(billing.balance("again", "unpaid")).isEqualTo("0.000000");

    billing.resume("again", "i-again", "box", "2024-03-10T00:00");
    billing.closed(Granularity.DAY, "2024-03-11T00:00", "2024-03-11T00:00");
    billing.stepTo("2024-03-11T00:00");
    assertThat(billing.balance("again", "unpaid")).isEqualTo("24.000000");
  }

  private void lateUsageIsRatedWhenEveryPartitionThatToldOfItHasToldAll() {
    day("told-late", "i-5", "disk", "2024-03-11", "1", 1, "2024-03-12T00:00", 0);
    billing.closed(Granularity.DAY, "2024-03-12T00:00", "2024-03-12T00:00");
    billing.stepTo("2024-03-12T00:00");
    assertThat(billing.balance("told-late", "unpaid")).isEqualTo("1.000000");

    day("told-late", "i-5", "disk", "2024-03-11", "3", 2, "2024-03-12T01:00", 0);
    day("told-late", "i-6", "disk", "2024-03-11", "5", 1, "2024-03-12T01:00", 1);
    billing.closed(Granularity.DAY, "2024-03-12T00:00", "2024-03-12T01:00", 0);
    billing.stepTo("2024-03-12T02:00");
    assertThat(billing.balance("told-late", "unpaid")).isEqualTo("1.000000");

    billing.closed(Granularity.DAY, "2024-03-12T00:00", "2024-03-12T01:00", 1);
    billing.stepTo("2024-03-12T03:00");
    assertThat(billing.balance("told-late", "unpaid")).isEqualTo("8.000000");
    assertThat(items("told-late", "bills")).hasSize(2);
  }

  /** Pins that what lacked of a minimum was explained as charged twice when it was taken back. */
  private void aMinimumThatIsReachedLaterIsExplainedAsChargedBeforeAndNotAtAllNow() {
    billing.register("least", "i-7", "floor", "2024-03-12T00:00", "");
    day("least", "i-7", "floor", "2024-03-12", "3", 1, "2024-03-13T00:00", 0);
    billing.closed(Granularity.DAY, "2024-03-13T00:00", "2024-03-13T00:00");
    billing.stepTo("2024-03-13T00:00");
    JsonNode topUp = line("least", "MINIMUM", "2.000000");
    addsUp(topUp);
    assertThat(topUp.at("/rated/legs/0/kind").asString()).isEqualTo("MINIMUM");
    assertThat(topUp.at("/rated/legs/0/amount").asString()).isEqualTo("5.000000");
    assertThat(topUp.at("/rated/legs/1/kind").asString()).isEqualTo("PRICED_LINES");
    assertThat(topUp.at("/rated/legs/1/amount").asString()).isEqualTo("-3.000000");

    day("least", "i-7", "floor", "2024-03-12", "6", 2, "2024-03-13T01:00", 0);
    billing.closed(Granularity.DAY, "2024-03-13T00:00", "2024-03-13T01:00");
    billing.stepTo("2024-03-13T02:00");

    // 3 at 1 and 2 to the minimum of 5; then 6 at 1 and nothing beside.
    assertThat(billing.balance("least", "unpaid")).isEqualTo("6.000000");
    taken(line("least", "MINIMUM", "-2.000000"), "2.000000");
  }

  /** In service from the 13th, priced from the 16th: fees for the 16th and 17th. */
  private void serviceBeforeTheFirstPriceIsFreeAndUsageWaits() {
    billing.created("/v1/products", "{'product':'soon','name':'x','cycle':'DAY'}");
    billing.register("early", "i-8", "soon", "2024-03-13T02:00", "");
    billing.prices(
        "soon",
        """
        {'effectiveFrom':'2024-03-15T16:00:00Z','flatFee':'24','meters':[{'meter':'units',
         'model':{'kind':'PER_UNIT','unitPrice':'1'}}]}\
        """);
    day("early", "i-8", "soon", "2024-03-14", "3", 1, "2024-03-15T00:00", 0);
    billing.closed(Granularity.DAY, "2024-03-18T00:00", "2024-03-18T00:00");
    billing.stepTo("2024-03-18T00:00");

    assertThat(billing.balance("early", "unpaid")).isEqualTo("48.000000");
    assertThat(billing.operator().get("/v1/set-aside?work=charging").body().path("items"))
        .filteredOn(item -> item.path("account").asString().equals("early"))
        .singleElement()
        .asString()
        .contains("has no price at 2024-03-13T16:00:00Z");
  }

  /** 30 and 31 March and 1 April: 24 for each instance and day. */
  private void anInstanceThatIsLearntWhenItHasEndedOwesItsFeesOfAllMonths() {
    billing.stepTo("2024-03-30T00:00");
    billing.register("known-late", "i-9", "box", "2024-03-30T00:00", "");
    billing.closed(Granularity.DAY, "2024-04-02T00:00", "2024-04-02T00:00");
    billing.stepTo("2024-04-02T00:00");
    assertThat(billing.balance("known-late", "unpaid")).isEqualTo("72.000000");

    billing.stepTo("2024-04-05T09:00");
    String before = billing.balance("known-late", "penalty");
    billing.register("known-late", "i-10", "box", "2024-03-30T00:00", "2024-04-01T12:00");
    assertThat(billing.balance("known-late", "unpaid")).isEqualTo("144.000000");
    assertThat(billing.balance("known-late", "penalty")).isEqualTo(before);
    assertThat(items("known-late", "bills"))
        .filteredOn(bill -> bill.path("dueAt").asString().equals("2024-04-05T01:00:00Z"))
        .hasSize(3);
  }

  private static void taken(JsonNode line, String chargedBefore) {
    assertThat(line.at("/rated/rated").asString()).isEqualTo("0.000000");
    assertThat(line.at("/rated/chargedBefore").asString()).isEqualTo(chargedBefore);
    assertThat(line.at("/rated/legs")).isEmpty();
    addsUp(line);
  }

  private JsonNode line(String account, String kind, String amount) {
    for (JsonNode bill : items(account, "bills")) {
      for (JsonNode line : items(account, "bills/" + bill.path("bill").asString() + "/lines")) {
        if (line.path("kind").asString().equals(kind)
            && line.path("amount").asString().equals(amount)) {
          return line;
        }
      }
    }
    throw new AssertionError("%s has no line %s of %s".formatted(account, kind, amount));
  }

  private void hour(String account, String instance, String product, String quantity) {
    billing.usage(
        Granularity.HOUR,
        account,
        instance,
        product,
        "2024-03-01T09:00",
        quantity,
        1,
        "2024-03-01T10:00");
  }

  private void day(
      String account,
      String instance,
      String product,
      String day,
      String quantity,
      int revision,
      String tick,
      int partition) {
    billing.usage(
        Granularity.DAY,
        account,
        instance,
        product,
        day + "T00:00",
        quantity,
        revision,
        tick,
        partition);
  }

  private List<String> lines(String account) {
    List<String> lines = new ArrayList<>();
    for (JsonNode bill : items(account, "bills")) {
      for (JsonNode line : items(account, "bills/" + bill.path("bill").asString() + "/lines")) {
        lines.add(
            "%s %s %s"
                .formatted(
                    line.path("instance").asString(),
                    line.path("quantity").asString(),
                    line.path("amount").asString()));
      }
    }
    return lines;
  }

  /** A person with paper comes to the same: what the line costs, and what paid for the bill. */
  private static void isWhole(JsonNode explained) {
    addsUp(explained.at("/line"));
    BigDecimal paid = BigDecimal.ZERO;
    for (JsonNode posting : explained.at("/postings")) {
      paid = paid.subtract(amount(posting, "amount"));
    }
    assertThat(paid).isEqualByComparingTo(amount(explained.at("/bill"), "amount"));
  }

  /** Legs, rounding, what was charged before. */
  private static void addsUp(JsonNode line) {
    JsonNode rated = line.path("rated");
    BigDecimal sum = amount(rated, "rounding");
    for (JsonNode leg : rated.at("/legs")) {
      sum = sum.add(amount(leg, "amount"));
    }
    assertThat(sum).isEqualTo(amount(rated, "rated"));
    assertThat(sum.subtract(amount(rated, "chargedBefore"))).isEqualTo(amount(line, "amount"));
  }

  /** An amount, which is a text with six digits. */
  private static BigDecimal amount(JsonNode node, String field) {
    String text = node.path(field).asString();
    assertThat(text).matches("-?[0-9]+\\.[0-9]{6}");
    return new BigDecimal(text);
  }

  /** Why the account's line of a quantity was charged. */
  private JsonNode explained(String account, String quantity) {
    for (JsonNode bill : items(account, "bills")) {
      String lines = "bills/" + bill.path("bill").asString() + "/lines";
      for (JsonNode line : items(account, lines)) {
        if (line.path("quantity").asString().equals(quantity)) {
          return billing
              .operator()
              .get(
                  "/v1/accounts/%s/%s/%d/explanation"
                      .formatted(account, lines, line.path("number").asInt()))
              .body();
        }
      }
    }
    throw new AssertionError(account + " has no line of " + quantity);
  }

  private JsonNode items(String account, String list) {
    return billing.operator().get("/v1/accounts/" + account + "/" + list).body().path("items");
  }
}
