package io.tollgate.e2e.zones;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/**
 * Days follow the billing zone: New York's are 23 or 25 hours long when its clocks change; and a
 * killed process misses no day. Each test has a deployment of its own.
 */
@Execution(ExecutionMode.CONCURRENT)
class NewYorkIT {

  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final String METER = "units";

  /**
   * Worked example 1 (C2.3): funds 40, a bill of 100 on 1 March 10:00, 20 paid on the 4th and 40 on
   * the 5th; the process is killed on the 2nd, before its first penalty was booked.
   */
  @Test
  void daysMissedWhileKilledAreCaughtUpAndADayInMarchHas23Hours() {
    try (Deployment deployment = start("new-york-march", "2026-03-01T00:00")) {
      Cloud cloud = new Cloud(deployment, NEW_YORK);
      sell(cloud, "2026-03-01T00:00");
      cloud.open("worked", "vm");
      cloud.open("short-day", "vm");
      deployment.settle();
      var unused = cloud.recharge("worked", "40.00");
      cloud.use("worked", METER, "2026-03-01T09:30", "100");
      cloud.advanceTo("2026-03-02T18:00");
      assertThat(cloud.balance("worked", "owed")).isEqualTo("60.000000");
      assertThat(cloud.penalties("worked")).isEmpty();

      deployment.kill();
      assertThat(deployment.isAlive()).isFalse();
      deployment.startAgain();

      cloud.advanceTo("2026-03-04T12:00");
      assertThat(cloud.penalties("worked"))
          .containsExactly("2026-03-02 0.060000", "2026-03-03 0.060000");
      unused = cloud.recharge("worked", "20.00");
      cloud.advanceTo("2026-03-05T09:00");
      unused = cloud.recharge("worked", "40.00");
      cloud.advanceTo("2026-03-08T00:00");
      assertThat(cloud.penalties("worked"))
          .containsExactly("2026-03-02 0.060000", "2026-03-03 0.060000", "2026-03-04 0.040000");
      assertThat(cloud.balance("worked", "owed")).isEqualTo("0.000000");
      assertThat(cloud.balance("worked", "penalty")).isEqualTo("0.160000");

      useEachHalfHour(cloud, "short-day", "2026-03-08T00:00", "2026-03-09T00:00");
      assertDay(cloud, "short-day", 23);
    }
  }

  @Test
  void aDayInNovemberHas25Hours() {
    try (Deployment deployment = start("new-york-november", "2026-11-01T00:00")) {
      Cloud cloud = new Cloud(deployment, NEW_YORK);
      sell(cloud, "2026-11-01T00:00");
      cloud.open("long-day", "vm");
      deployment.settle();
      useEachHalfHour(cloud, "long-day", "2026-11-01T00:00", "2026-11-02T00:00");
      assertDay(cloud, "long-day", 25);
    }
  }

  private static Deployment start(String name, String local) {
    Instant start = java.time.LocalDateTime.parse(local).atZone(NEW_YORK).toInstant();
    return Deployment.fresh(name, Settings.startingAt(start).in(NEW_YORK));
  }

  private static void sell(Cloud cloud, String from) {
    cloud.meter(METER, "SUM", from);
    cloud.product("vm", "HOUR");
    var unused =
        cloud.price(
            "vm", from, Cloud.priced(METER, "{'kind':'PER_UNIT','unitPrice':'1'}", "CYCLE"));
  }

  /** One unit at the start of each half hour, then the clock is driven to the end. */
  private static void useEachHalfHour(Cloud cloud, String instance, String from, String to) {
    List<String> events = new ArrayList<>();
    Instant end = cloud.at(to);
    for (Instant at = cloud.at(from); at.isBefore(end); at = at.plus(Duration.ofMinutes(30))) {
      events.add(cloud.event(instance, METER, at.toString(), at, "1"));
    }
    cloud.post(events);
    cloud.advanceTo(to);
  }

  private static void assertDay(Cloud cloud, String account, int hours) {
    assertThat(quantities(cloud.usage(account, "granularity=DAY")))
        .containsExactly(Integer.toString(2 * hours));
    assertThat(quantities(cloud.usage(account, "granularity=HOUR")))
        .isEqualTo(Collections.nCopies(hours, "2"));
    assertThat(cloud.amounts(account)).isEqualTo(Collections.nCopies(hours, "2.000000"));
  }

  private static List<String> quantities(List<JsonNode> usage) {
    return usage.stream().map(window -> window.at("/quantity").asString()).toList();
  }
}
