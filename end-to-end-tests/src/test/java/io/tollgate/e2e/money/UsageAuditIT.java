package io.tollgate.e2e.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.model.BillingCalendar;
import io.tollgate.standalone.AccountAudit;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.Service;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What metering counts is billed, set aside with a reason, or named by the audit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnSharedCloud
class UsageAuditIT {
  private static final String EACH_ONE =
      Cloud.priced("audited", "{'kind':'PER_UNIT','unitPrice':'1'}", "CYCLE");

  private Cloud cloud;
  private LocalDate day;

  /** Everybody uses something; the clock is driven over the day and two hours more. */
  @BeforeAll
  void useForADay(Cloud shared) {
    cloud = shared;
    day = cloud.freshDay();
    cloud.meter("audited", "SUM", day + "T00:00");
    cloud.meter("audited-too", "SUM", day + "T00:00");
    assertThat(meter("audited-hourly", "HOURLY").status()).isEqualTo(201);
    cloud.product("audited-daily", "DAY");
    cloud.open("never-billed", "audited-daily");
    cloud.product("audited-hourly", "HOUR");
    var unused = cloud.price("audited-hourly", day + "T00:00", EACH_ONE);
    cloud.open("unpriced", "audited-hourly");
    cloud.product("audited-later", "HOUR");
    unused = cloud.price("audited-later", day.plusDays(1) + "T00:00", EACH_ONE);
    cloud.open("before-price", "audited-later");
    cloud.advanceTo(day + "T01:00");
    cloud.use("never-billed", "audited-hourly", day + "T01:30", "7");
    cloud.use("unpriced", "audited", day + "T01:30", "2");
    cloud.use("unpriced", "audited-too", day + "T01:30", "5");
    cloud.use("before-price", "audited", day + "T01:30", "3");
    cloud.advanceTo(day.plusDays(1) + "T02:00");
  }

  private Answer meter(String name, String emits) {
    return cloud
        .deployment()
        .operator(Service.METERING)
        .post(
            "/v1/meters",
            """
            {'meter':'%s','eventType':'%s','aggregation':'SUM','valuePointer':'/value','unit':'1',
             'emits':['%s']}\
            """
                .formatted(name, name, emits));
  }

  @Test
  void aPriceIsRefusedWhoseMeterEmitsNothingForItsCycle() {
    Answer answer =
        cloud
            .deployment()
            .operator(Service.BILLING)
            .post(
                "/v1/products/audited-daily/prices",
                "{'effectiveFrom':'%s',%s}"
                    .formatted(
                        cloud.at(day + "T00:00"), EACH_ONE.replace("audited", "audited-hourly")));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/detail"))
        .contains("audited-daily", "by the DAY", "needs DAILY", "emits only [HOURLY]");
  }

  @Test
  void aVersionOfAMeterIsRefusedThatTakesAwayWhatAPriceNeeds() {
    Answer answer = meter("audited", "DAILY");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/detail"))
        .contains("must include HOURLY", "of product audited-", "[DAILY]");
    assertThat(meter("audited-too", "DAILY").status()).isEqualTo(201);
  }

  /** Hourly usage of a product that is billed by the day was in no bill and in no comparison. */
  @Test
  void usageThatReachesNoBillIsADifferenceWithItsName() {
    AccountAudit audit = audit("never-billed");
    assertThat(audit.windows()).isEqualTo(1);
    assertThat(audit.difference()).isEqualByComparingTo("7");
    assertThat(audit.findings())
        .singleElement()
        .asString()
        .contains("never-billed", "audited-hourly", "billed by the DAY");
  }

  /** Neither does what an operator adds: it is refused before it is a difference. */
  @Test
  void usageThatWouldReachNoBillIsNotAdded() {
    Answer answer =
        cloud
            .deployment()
            .operator(Service.METERING)
            .post(
                "/v1/corrections",
                """
                {'kind':'ADD','instance':'never-billed','meter':'audited-hourly','time':'%s',
                 'quantity':'1','reason':'forgotten'}\
                """
                    .formatted(cloud.at(day + "T03:00")));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.text("/type")).endsWith("/other-windows");
    assertThat(answer.text("/detail")).contains("would never be billed");
  }

  @Test
  void usageOfAMeterThatNoPriceNamesIsBilledAtNothingAndSaysSo() {
    AccountAudit audit = audit("unpriced");
    assertThat(audit.green()).isTrue();
    assertThat(audit.findings()).singleElement().asString().contains("audited-too", "5", "price");
    assertThat(cloud.amounts("unpriced")).containsExactlyInAnyOrder("2.000000", "0.000000");
  }

  @Test
  void usageOfATimeBeforeThePriceIsSetAsideWithItsReason() {
    AccountAudit audit = audit("before-price");
    assertThat(audit.green()).isTrue();
    assertThat(audit.setAside()).isEqualTo(1);
    assertThat(audit.findings()).singleElement().asString().contains("audited-later has no price");
    assertThat(cloud.bills("before-price")).isEmpty();
  }

  private AccountAudit audit(String account) {
    Api api = cloud.deployment().api();
    return AccountAudit.of(api, BillingCalendar.SHANGHAI, account);
  }
}
