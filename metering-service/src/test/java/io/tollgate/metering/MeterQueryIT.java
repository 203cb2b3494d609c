package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.OpenMeter;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.SharedMetering;
import io.tollgate.model.BillingCalendar;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Usage and events as OpenMeter's routes answer for them. */
@ExtendWith(SharedMetering.class)
class MeterQueryIT {

  private final RunningMetering metering;
  private final OpenMeter openMeter;

  MeterQueryIT(RunningMetering metering) {
    this.metering = metering;
    this.openMeter = new OpenMeter(metering);
  }

  /** Two instances, two sizes, two hours; 0.1 and 0.2 are 0.3 to the last digit. */
  @Test
  void usageIsAddedUpByWindowSubjectAndDimensionForWhoeverRunsTheInstances() {
    metering.register("om-a", "om", metering.now());
    metering.register("om-b", "om", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    Instant next = hour.plus(Duration.ofHours(1));
    metering.events(
        event("om-a", "1", "cpu.used", hour, "{\"seconds\":0.1,\"size\":\"s\"}"),
        event("om-a", "2", "cpu.used", hour, "{\"seconds\":0.2,\"size\":\"l\"}"),
        event("om-b", "3", "cpu.used", hour, "{\"seconds\":4,\"size\":\"s\"}"),
        event("om-a", "4", "load", hour, "{\"load\":7}"),
        event("om-b", "5", "load", hour, "{\"load\":9}"),
        event("om-a", "6", "login", hour, "{\"user\":\"u\"}"),
        event("om-b", "7", "login", hour, "{\"user\":\"u\"}"));
    metering.stepTo(next);
    metering.events(event("om-a", "8", "cpu.used", next, "{\"seconds\":10,\"size\":\"s\"}"));
    metering.settle();
    String platform = metering.platform();
    String first = hour.toString().substring(11, 16);
    String second = next.toString().substring(11, 16);
    String period = "/query?from=" + hour + "&to=" + next.plus(Duration.ofHours(1));

    assertThat(openMeter.rows(platform, "cpu" + period)).isEqualTo(first + " *=14.3");
    assertThat(openMeter.rows(platform, "cpu" + period + "&windowSize=HOUR"))
        .isEqualTo(first + " *=4.3 " + second + " *=10");
    assertThat(openMeter.rows(platform, "cpu" + period + "&groupBy=subject"))
        .isEqualTo(first + " om-a=10.3 " + first + " om-b=4");
    assertThat(openMeter.rows(platform, "cpu" + period + "&subject=om-a&groupBy=size"))
        .isEqualTo(first + " om-a{\"size\":\"l\"}=0.2 " + first + " om-a{\"size\":\"s\"}=10.1");
    assertThat(openMeter.rows(platform, "cpu" + period + "&filterGroupBy%5Bsize%5D=l"))
        .isEqualTo(first + " *=0.2");
    assertThat(openMeter.rows(platform, "peak" + period)).isEqualTo(first + " *=9");
    assertThat(openMeter.rows(metering.operator(), "cpu" + period + "&subject=om-b"))
        .isEqualTo(first + " om-b=4");
    assertThat(openMeter.rows(metering.platform("another"), "cpu" + period)).isEmpty();
    assertThat(openMeter.query(metering.platform("another"), "events?subject=om-a").size())
        .isZero();
    assertThat(
            openMeter
                .query(platform, "events?subject=om-a&id=8")
                .at("/0/event/data/seconds")
                .asInt())
        .isEqualTo(10);
    assertThat(openMeter.query(platform, "events?subject=om-a&limit=2").size()).isEqualTo(2);
    assertThat(metering.get("/api/v1/events", metering.customer("om")).statusCode()).isEqualTo(403);

    // One user of two instances: neither 2 nor 1 can be said of both.
    assertThat(openMeter.query(platform, "meters/users" + period).at("/type").asString())
        .endsWith("/not-additive");
    assertThat(openMeter.rows(platform, "users" + period + "&groupBy=subject"))
        .isEqualTo(first + " om-a=1 " + first + " om-b=1");
  }

  /** Neither hours nor days alone would hold all usage; each version's own time is answered. */
  @Test
  void usageOfVersionsCountedByHourAndByDayIsNotLeftOut() {
    metering.register("mixed-i", "mixed-a", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    String meter =
        """
        {"meter":"mixed","eventType":"mixed.used","aggregation":"SUM","valuePointer":"/v",
         "unit":"1","emits":["%s"]%s}\
        """;
    metering.meter(meter.formatted("HOURLY", ""));
    metering.events(event("mixed-i", "1", "mixed.used", hour, "{\"v\":5}"));
    metering.settle();
    Instant day = BillingCalendar.SHANGHAI.dayOf(metering.now()).end();
    metering.meter(meter.formatted("DAILY", ",\"effectiveFrom\":\"" + day + "\""));
    metering.stepTo(day);
    metering.events(event("mixed-i", "2", "mixed.used", day, "{\"v\":8}"));
    metering.settle();

    String platform = metering.platform();
    JsonNode refused = openMeter.query(platform, "meters/mixed/query");
    assertThat(refused.at("/type").asString()).endsWith("/mixed-granularities");
    assertThat(refused.at("/detail").asString())
        .contains("version 2 of the meter, from " + day, "does not count by the hour", "version 1");
    assertThat(openMeter.rows(platform, "mixed/query?to=" + day)).endsWith(" *=5");
    assertThat(openMeter.rows(platform, "mixed/query?from=" + day)).endsWith(" *=8");
    assertThat(
            openMeter
                .query(platform, "meters/mixed/query?windowSize=HOUR&from=" + day)
                .at("/detail"))
        .asString()
        .contains("'HOUR' must be DAY");
  }

  /** Of 41 records 30 are looked through: the first event is found by its time alone. */
  @Test
  void eventsOfATimeAreListedWhateverCameSinceAndNoneIsLeftOutSilently() {
    metering.register("list-i", "list-a", metering.now());
    Instant hour = metering.nextHour();
    metering.stepTo(hour);
    String platform = metering.platform();
    metering.events(event("list-i", "0", "load", hour, "{\"load\":1}"));
    metering.settle();
    String first = openMeter.query(platform, "events?subject=list-i").at("/0/storedAt").asString();
    for (int i = 1; i <= 40; i++) {
      metering.events(event("list-i", Integer.toString(i), "load", hour, "{\"load\":1}"));
    }
    metering.settle();
    assertThat(openMeter.query(platform, "events?subject=list-i&id=0").size()).isZero();

    JsonNode then = openMeter.query(platform, "events?subject=list-i&ingestedAtTo=" + first);
    assertThat(then.at("/" + (then.size() - 1) + "/event/id").asString()).isEqualTo("0");
    JsonNode since = openMeter.query(platform, "events?subject=list-i&ingestedAtFrom=" + first);
    assertThat(since.at("/type").asString()).endsWith("/too-many-records");
    assertThat(since.at("/detail").asString()).contains("more than the 30 records");
    JsonNode latest =
        openMeter.query(platform, "events?subject=list-i&limit=3&ingestedAtFrom=" + first);
    assertThat(latest.size()).isEqualTo(3);
    assertThat(latest.at("/0/event/id").asString()).isEqualTo("40");
    assertThat(latest.at("/2/event/id").asString()).isEqualTo("38");
  }

  @Test
  void whatCannotBeAskedOfAMetersUsageIsRefusedByItsReason() {
    String platform = metering.platform();
    for (String[] expected :
        new String[][] {
          {"windowSize=MINUTE", "windowSize: 'MINUTE' must be HOUR or DAY"},
          {"windowTimeZone=UTC", "windowTimeZone: 'UTC' is not Asia/Shanghai"},
          {"groupBy=colour", "groupBy: 'colour' is not one of _suspended, size, subject"},
          {"filterGroupBy%5Bcolour%5D=red", "'colour' is not one of _suspended, size, subject"},
          {"from=yesterday", "from: 'yesterday' must be an RFC 3339 time"},
          {"from=2026-03-01T00:30:00Z", "from: '2026-03-01T00:30:00Z' is inside the window"},
          {"colour=red", "colour: is not a query parameter of this route"}
        }) {
      JsonNode refused = openMeter.query(platform, "meters/cpu/query?" + expected[0]);
      assertThat(refused.at("/status").asInt()).as(expected[0]).isEqualTo(400);
      assertThat(refused.at("/detail").asString()).contains(expected[1]);
    }
    assertThat(openMeter.query(platform, "meters/none/query").at("/status").asInt()).isEqualTo(404);
    assertThat(openMeter.query(platform, "events?limit=101").at("/detail").asString())
        .isEqualTo("limit: '101' must be 1 to 100");
    assertThat(openMeter.query(platform, "meters/cpu").at("/groupBy/size").asString())
        .isEqualTo("$.size");
  }
}
