package io.tollgate.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.AccountAudit;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/**
 * What is used from a suspension to the resumption costs nothing, also on a day which they cut; all
 * of it does where the product charges retained storage (C2.3).
 *
 * <p>Suspended from 00:02 to 13:00. Units: 5 at 00:01; 3 at 12:00 and one more that is voided; 2 at
 * 13:30; 4 of 00:01:30 and 6 of 11:00, which come after the resumption.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnSharedCloud
class SuspendedUsageIT {
  private static final List<String> BOTH = List.of("paused", "retaining");

  private Cloud cloud;
  private LocalDate day;

  @BeforeAll
  void suspendForHalfADay(Cloud shared) {
    cloud = shared;
    day = cloud.freshDay();
    cloud.meter("paused-units", "SUM", day + "T00:00");
    cloud.meter("paused-peak", "MAX", day + "T00:00");
    for (String account : BOTH) {
      done(
          cloud
              .deployment()
              .operator(Service.BILLING)
              .post(
                  "/v1/products",
                  "{'product':'%s','name':'%s','cycle':'DAY','retainedStorageCharged':%s}"
                      .formatted(account, account, account.equals("retaining"))));
      var unused =
          cloud.price(
              account,
              day + "T00:00",
              """
              'meters':[
               {'meter':'paused-units','model':{'kind':'PER_UNIT','unitPrice':'1'}},
               {'meter':'paused-peak','model':{'kind':'PER_UNIT','unitPrice':'100'}}]\
              """);
      cloud.open(account, account);
    }
    cloud.advanceTo(day + "T00:02");
    use("00:01", "5");
    peak("00:01", "1");
    cloud.deployment().settle();
    List<String> holds = BOTH.stream().map(this::hold).toList();
    cloud.deployment().settle();
    cloud.advanceTo(day + "T12:00");
    use("12:00", "3");
    peak("12:00", "3");
    cloud.post(List.of(cloud.event("paused", "paused-units", "mistaken", at("12:00"), "1000")));
    cloud.advanceTo(day + "T13:00");
    voidTheMistakenEvent();
    for (int i = 0; i < BOTH.size(); i++) {
      lift(BOTH.get(i), holds.get(i));
    }
    cloud.deployment().settle();
    cloud.advanceTo(day + "T14:00");
    use("13:30", "2");
    peak("13:30", "2");
    use("00:01:30", "4");
    use("11:00", "6");
    cloud.advanceTo(day.plusDays(1) + "T02:00");
  }

  /** 5 + 4 + 2 units at 1, and a peak of 2 at 100; 3 + 6 units and the peak of 3 are free. */
  @Test
  void ofADayThatIsCutOnlyWhatWasUsedInServiceIsCharged() {
    assertThat(cloud.balance("paused", "unpaid")).isEqualTo("211.000000");
    assertThat(lines("paused"))
        .containsExactlyInAnyOrder(
            "paused-units 11 11.000000",
            "paused-units 9 0.000000",
            "paused-peak 2 200.000000",
            "paused-peak 3 0.000000");
  }

  /** 5 + 3 + 2 + 4 + 6 units and the peak of 3. */
  @Test
  void whereRetainedStorageIsChargedADayIsOneTotal() {
    assertThat(cloud.balance("retaining", "unpaid")).isEqualTo("320.000000");
    assertThat(lines("retaining"))
        .containsExactlyInAnyOrder("paused-units 20 20.000000", "paused-peak 3 300.000000");
  }

  @Test
  void usageShowsBothPartsAndTheAuditBillsOrNamesEach() {
    TreeMap<String, String> units = new TreeMap<>();
    cloud
        .usage("paused", "meter=paused-units&granularity=DAY")
        .forEach(
            each -> units.put(each.at("/dimensions").toString(), each.at("/quantity").asString()));
    assertThat(units)
        .containsOnly(Map.entry("{}", "11"), Map.entry("{\"_suspended\":\"true\"}", "9"));
    Api api = cloud.deployment().api();
    for (String account : BOTH) {
      AccountAudit audit = AccountAudit.of(api, BillingCalendar.SHANGHAI, account);
      assertThat(audit.green()).as(audit.toString()).isTrue();
    }
  }

  private Instant at(String time) {
    return cloud.at(day + "T" + time);
  }

  private void use(String time, String value) {
    BOTH.forEach(instance -> cloud.use(instance, "paused-units", day + "T" + time, value));
  }

  private void peak(String time, String value) {
    BOTH.forEach(instance -> cloud.use(instance, "paused-peak", day + "T" + time, value));
  }

  private String hold(String instance) {
    return Cloud.done(
            cloud
                .deployment()
                .operator(Service.ACCOUNT)
                .post(
                    "/v1/instances/" + instance + "/holds",
                    "{'cause':'OPERATOR','reason':'under inspection'}"))
        .text("/hold");
  }

  private static void done(Answer answer) {
    assertThat(answer.status()).as(answer.toString()).isBetween(200, 299);
  }

  private void lift(String instance, String hold) {
    done(
        cloud
            .deployment()
            .operator(Service.ACCOUNT)
            .delete("/v1/instances/" + instance + "/holds/" + hold));
  }

  private void voidTheMistakenEvent() {
    Answer answer =
        Cloud.done(
            cloud
                .deployment()
                .operator(Service.METERING)
                .post(
                    "/v1/corrections",
                    """
                    {'kind':'VOID','source':'e2e','instance':'paused','id':'mistaken',
                     'reason':'never happened'}\
                    """));
    assertThat(answer.text("/outcome")).isEqualTo("applied");
  }

  private List<String> lines(String account) {
    return cloud.lines(account).stream().map(SuspendedUsageIT::line).toList();
  }

  private static String line(JsonNode line) {
    return String.join(
        " ",
        line.at("/meter").asString(),
        line.at("/quantity").asString(),
        line.at("/amount").asString());
  }
}
