package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.UsageReader;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Granularity;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Events in over HTTP, revisions and markers out, on a real broker. */
class MeteringIT {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
  private static final Duration GRACE = Duration.ofMinutes(2);

  @TempDir static Path directory;
  private static RunningMetering metering;

  @BeforeAll
  static void start() {
    // Totals are written between commits too.
    metering =
        new RunningMetering(
            directory,
            START,
            Map.of("tollgate.metering.hot-totals", "2", "tollgate.metering.listed-records", "30"));
    metering.meter(
        """
        {"meter":"cpu","eventType":"cpu.used","aggregation":"SUM","valuePointer":"/seconds",
         "dimensions":{"size":"/size"},"unit":"s","emits":["HOURLY","DAILY"]}\
        """);
    metering.meter(
        """
        {"meter":"peak","eventType":"load","aggregation":"MAX","valuePointer":"/load",
         "unit":"1","emits":["HOURLY"]}\
        """);
    metering.meter(
        """
        {"meter":"users","eventType":"login","aggregation":"UNIQUE_COUNT","valuePointer":"/user",
         "unit":"1","emits":["HOURLY"]}\
        """);
  }

  @AfterAll
  static void stop() {
    metering.close();
  }

  private static Instant now() {
    return metering.get(io.tollgate.support.time.BusinessClock.class).now();
  }

  private static Instant nextHour() {
    return Instant.ofEpochSecond((now().getEpochSecond() / 3600 + 1) * 3600);
  }

  @Test
  void countsOnceWhatIsPostedTwiceAndClosesTheWindowOnce() {
    metering.register("once-i", "once-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    String one = event("once-i", "1", "cpu.used", hour.plusSeconds(1), "{\"seconds\":1.5}");
    String two = event("once-i", "2", "cpu.used", hour.plusSeconds(2), "{\"seconds\":\"2.25\"}");
    metering.events(one, two, one);
    metering.events(two);
    metering.stepTo(hour.plus(Duration.ofHours(1)).plus(GRACE).minusSeconds(1));
    assertThat(UsageReader.of(metering).totals("once-a", Granularity.HOUR)).isEmpty();
    metering.stepTo(hour.plus(Duration.ofHours(1)).plus(GRACE));
    UsageReader usage = UsageReader.of(metering);
    assertThat(usage.totals("once-a", Granularity.HOUR)).containsExactly(hour + " cpu=3.75 r1");
    assertThat(usage.of("once-a", Granularity.HOUR).getFirst().eventCount()).isEqualTo(2);
    assertThat(usage.gaps()).isEmpty();
  }

  @Test
  void lateAndShuffledEventsGiveTheSameTotalsInLaterRevisions() {
    metering.register("in-order-i", "in-order-a", now());
    metering.register("shuffled-i", "shuffled-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    List<String> shuffled = new ArrayList<>();
    List<String> inOrder = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Instant time = hour.plusSeconds(i * 170L);
      String data = "{\"seconds\":0.%d,\"size\":\"%s\"}".formatted(i + 1, i % 2 == 0 ? "s" : "l");
      inOrder.add(event("in-order-i", "e" + i, "cpu.used", time, data));
      shuffled.add(event("shuffled-i", "e" + i, "cpu.used", time, data));
    }
    Collections.shuffle(shuffled, new Random(7));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    metering.events(inOrder.toArray(String[]::new));
    metering.events(shuffled.subList(0, 20).toArray(String[]::new));
    metering.stepTo(hour.plus(Duration.ofHours(3)));
    metering.events(shuffled.subList(10, 40).toArray(String[]::new));
    metering.settle();
    metering.stepTo(hour.plus(Duration.ofHours(30)));
    UsageReader usage = UsageReader.of(metering);
    for (Granularity granularity : Granularity.values()) {
      assertThat(
              usage.of("shuffled-a", granularity).stream()
                  .map(r -> r.dimensions() + " " + r.windowStart() + " " + r.quantity()))
          .isNotEmpty()
          .containsExactlyElementsOf(
              usage.of("in-order-a", granularity).stream()
                  .map(r -> r.dimensions() + " " + r.windowStart() + " " + r.quantity())
                  .toList());
    }
    assertThat(usage.of("shuffled-a", Granularity.HOUR)).anyMatch(r -> r.revision() >= 2);
    assertThat(usage.gaps()).isEmpty();
  }

  private static JsonNode query(String token, String path) {
    return JSON.readTree(metering.get("/api/v1/" + path, token).body());
  }

  private static String rows(String token, String path) {
    StringBuilder rows = new StringBuilder();
    for (JsonNode row : query(token, "meters/" + path).at("/data")) {
      rows.append(row.at("/windowStart").asString().substring(11, 16))
          .append(' ')
          .append(row.at("/subject").asString("*"))
          .append(row.at("/groupBy").size() == 0 ? "" : row.at("/groupBy").toString())
          .append('=')
          .append(row.at("/value").decimalValue().toPlainString())
          .append(' ');
    }
    return rows.toString().strip();
  }

  /** Two instances, two sizes, two hours; 0.1 and 0.2 are 0.3 to the last digit. */
  @Test
  void usageIsAddedUpByWindowSubjectAndDimensionForWhoeverRunsTheInstances() {
    metering.register("om-a", "om", now());
    metering.register("om-b", "om", now());
    Instant hour = nextHour();
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

    assertThat(rows(platform, "cpu" + period)).isEqualTo(first + " *=14.3");
    assertThat(rows(platform, "cpu" + period + "&windowSize=HOUR"))
        .isEqualTo(first + " *=4.3 " + second + " *=10");
    assertThat(rows(platform, "cpu" + period + "&groupBy=subject"))
        .isEqualTo(first + " om-a=10.3 " + first + " om-b=4");
    assertThat(rows(platform, "cpu" + period + "&subject=om-a&groupBy=size"))
        .isEqualTo(first + " om-a{\"size\":\"l\"}=0.2 " + first + " om-a{\"size\":\"s\"}=10.1");
    assertThat(rows(platform, "cpu" + period + "&filterGroupBy%5Bsize%5D=l"))
        .isEqualTo(first + " *=0.2");
    assertThat(rows(platform, "peak" + period)).isEqualTo(first + " *=9");
    assertThat(rows(metering.operator(), "cpu" + period + "&subject=om-b"))
        .isEqualTo(first + " om-b=4");
    assertThat(rows(metering.platform("another"), "cpu" + period)).isEmpty();
    assertThat(query(metering.platform("another"), "events?subject=om-a").size()).isZero();
    assertThat(query(platform, "events?subject=om-a&id=8").at("/0/event/data/seconds").asInt())
        .isEqualTo(10);
    assertThat(query(platform, "events?subject=om-a&limit=2").size()).isEqualTo(2);
    assertThat(metering.get("/api/v1/events", metering.customer("om")).statusCode()).isEqualTo(403);

    // One user of two instances: neither 2 nor 1 can be said of both.
    assertThat(query(platform, "meters/users" + period).at("/type").asString())
        .endsWith("/not-additive");
    assertThat(rows(platform, "users" + period + "&groupBy=subject"))
        .isEqualTo(first + " om-a=1 " + first + " om-b=1");
  }

  private static HttpResponse<String> withdraw(int version, String reason) {
    return metering.post(
        "/v1/meters/mistyped/versions/" + version + "/withdrawal",
        metering.operator(),
        "application/json",
        "{\"reason\":\"" + reason + "\"}");
  }

  private static void refused(HttpResponse<String> answer, int status, String... words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains(words);
  }

  /** A mistyped version stayed for good, and was in force from its day on. */
  @Test
  void aVersionOfAMeterIsWithdrawnAndReplacedBeforeItStarts() {
    metering.register("mistyped-i", "mistyped-a", now());
    Instant day = BillingCalendar.SHANGHAI.dayOf(now()).end();
    String meter =
        """
        {"meter":"mistyped","eventType":"mistyped.used","aggregation":"SUM","valuePointer":"%s",
         "unit":"1","emits":["HOURLY"],"effectiveFrom":"%s"}\
        """;
    metering.meter(meter.formatted("/v", day.minus(Duration.ofDays(1))));
    metering.meter(meter.formatted("/w", day));
    metering.meter(meter.formatted("/x", day.plus(Duration.ofDays(1))));
    refused(withdraw(2, "mistyped"), 409, "meter-followed", "version 3 follows it");
    refused(withdraw(4, "mistyped"), 404, "version 4 of meter mistyped");
    refused(withdraw(3, " "), 400, "reason");
    refused(withdraw(3, "mistyped"), 200, "\"reason\":\"mistyped\"");
    refused(withdraw(3, "mistyped"), 409, "meter-withdrawn");
    refused(withdraw(2, "mistyped"), 200, "\"version\":2");
    refused(withdraw(1, "mistyped"), 409, "meter-started", "the clock is at " + now());

    metering.meter(meter.formatted("/u", day));
    JsonNode versions =
        JSON.readTree(metering.get("/v1/meters/mistyped", metering.operator()).body());
    assertThat(versions.valueStream())
        .extracting(
            each ->
                each.at("/version").asInt()
                    + each.at("/valuePointer").asString()
                    + each.at("/withdrawal/reason").asString(""))
        .containsExactly("1/v", "2/wmistyped", "3/xmistyped", "4/u");
    metering.stepTo(day);
    metering.events(
        event("mistyped-i", "1", "mistyped.used", day, "{\"u\":5,\"v\":1,\"w\":2,\"x\":3}"));
    metering.settle();
    assertThat(rows(metering.platform(), "mistyped/query?from=" + day)).endsWith(" *=5");
  }

  @Test
  void aVersionThatAPriceCountsOnIsNotWithdrawn() {
    Instant day = BillingCalendar.SHANGHAI.dayOf(now()).end();
    String meter =
        """
        {"meter":"counted-on","eventType":"counted","aggregation":"COUNT","unit":"1",
         "emits":[%s],"effectiveFrom":"%s"}\
        """;
    metering.meter(meter.formatted("\"HOURLY\"", day.minus(Duration.ofDays(1))));
    metering.meter(meter.formatted("\"HOURLY\",\"DAILY\"", day));
    metering.publish(
        Topics.PRICES,
        "by-day",
        PricedProduct.CODEC.encode(
            new EventEnvelope<>(
                "by-day",
                "test",
                "tollgate.prices.v1",
                "by-day",
                now(),
                0,
                0,
                Optional.empty(),
                new PricedProduct(
                    ProductId.of("by-day"),
                    BillingCycle.DAY,
                    false,
                    List.of(
                        new PricedProduct.Version(1, day, List.of(MeterKey.of("counted-on"))))))));
    refused(
        metering.post(
            "/v1/meters/counted-on/versions/2/withdrawal",
            metering.operator(),
            "application/json",
            "{\"reason\":\"mistyped\"}"),
        422,
        "price-needs-meter",
        "emits must include DAILY",
        "product by-day");
  }

  /** Neither hours nor days alone would hold all usage; each version's own time is answered. */
  @Test
  void usageOfVersionsCountedByHourAndByDayIsNotLeftOut() {
    metering.register("mixed-i", "mixed-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    String meter =
        """
        {"meter":"mixed","eventType":"mixed.used","aggregation":"SUM","valuePointer":"/v",
         "unit":"1","emits":["%s"]%s}\
        """;
    metering.meter(meter.formatted("HOURLY", ""));
    metering.events(event("mixed-i", "1", "mixed.used", hour, "{\"v\":5}"));
    metering.settle();
    Instant day = BillingCalendar.SHANGHAI.dayOf(now()).end();
    metering.meter(meter.formatted("DAILY", ",\"effectiveFrom\":\"" + day + "\""));
    metering.stepTo(day);
    metering.events(event("mixed-i", "2", "mixed.used", day, "{\"v\":8}"));
    metering.settle();

    String platform = metering.platform();
    JsonNode refused = query(platform, "meters/mixed/query");
    assertThat(refused.at("/type").asString()).endsWith("/mixed-granularities");
    assertThat(refused.at("/detail").asString())
        .contains("version 2 of the meter, from " + day, "does not count by the hour", "version 1");
    assertThat(rows(platform, "mixed/query?to=" + day)).endsWith(" *=5");
    assertThat(rows(platform, "mixed/query?from=" + day)).endsWith(" *=8");
    assertThat(query(platform, "meters/mixed/query?windowSize=HOUR&from=" + day).at("/detail"))
        .asString()
        .contains("'HOUR' must be DAY");
  }

  /** Of 41 records 30 are looked through: the first event is found by its time alone. */
  @Test
  void eventsOfATimeAreListedWhateverCameSinceAndNoneIsLeftOutSilently() {
    metering.register("list-i", "list-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    String platform = metering.platform();
    metering.events(event("list-i", "0", "load", hour, "{\"load\":1}"));
    metering.settle();
    String first = query(platform, "events?subject=list-i").at("/0/storedAt").asString();
    for (int i = 1; i <= 40; i++) {
      metering.events(event("list-i", Integer.toString(i), "load", hour, "{\"load\":1}"));
    }
    metering.settle();
    assertThat(query(platform, "events?subject=list-i&id=0").size()).isZero();

    JsonNode then = query(platform, "events?subject=list-i&ingestedAtTo=" + first);
    assertThat(then.at("/" + (then.size() - 1) + "/event/id").asString()).isEqualTo("0");
    JsonNode since = query(platform, "events?subject=list-i&ingestedAtFrom=" + first);
    assertThat(since.at("/type").asString()).endsWith("/too-many-records");
    assertThat(since.at("/detail").asString()).contains("more than the 30 records");
    JsonNode latest = query(platform, "events?subject=list-i&limit=3&ingestedAtFrom=" + first);
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
      JsonNode refused = query(platform, "meters/cpu/query?" + expected[0]);
      assertThat(refused.at("/status").asInt()).as(expected[0]).isEqualTo(400);
      assertThat(refused.at("/detail").asString()).contains(expected[1]);
    }
    assertThat(query(platform, "meters/none/query").at("/status").asInt()).isEqualTo(404);
    assertThat(query(platform, "events?limit=101").at("/detail").asString())
        .isEqualTo("limit: '101' must be 1 to 100");
    assertThat(query(platform, "meters/cpu").at("/groupBy/size").asString()).isEqualTo("$.size");
  }

  @Test
  void anUnknownInstanceWaitsUntilSomebodyPaysForIt() {
    Instant hour = nextHour();
    metering.stepTo(hour);
    metering.events(event("late-i", "1", "cpu.used", hour, "{\"seconds\":5}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    assertThat(UsageReader.of(metering).totals("late-a", Granularity.HOUR)).isEmpty();
    metering.register("late-i", "late-a", now());
    metering.events(event("late-i", "1", "cpu.used", hour, "{\"seconds\":5}"));
    metering.settle();
    assertThat(UsageReader.of(metering).totals("late-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=5 r1");
  }

  @Test
  void conflictsAndWhatCannotBeCountedGoToQuarantineWithTheReason() {
    metering.register("bad-i", "bad-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    metering.events(
        event("bad-i", "1", "cpu.used", hour, "{\"seconds\":5}"),
        event("bad-i", "1", "cpu.used", hour, "{\"seconds\":6}"),
        event("bad-i", "2", "cpu.used", hour, "{\"seconds\":-6}"),
        event("bad-i", "3", "cpu.used", hour, "{\"seconds\":1e400000}"),
        event("bad-i", "4", "cpu.used", hour, "{}"),
        event("bad-i", "5", "nobody.counts", hour, "{}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    assertThat(UsageReader.of(metering).totals("bad-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=5 r1");
    assertThat(
            metering.read(Topics.USAGE_QUARANTINE).stream()
                .filter(
                    r ->
                        new String(r.value(), java.nio.charset.StandardCharsets.UTF_8)
                            .contains("bad-i"))
                .map(r -> RunningMetering.header(r, "tollgate-reason")))
        .containsExactlyInAnyOrder(
            "conflict", "value-negative", "value-unbounded", "value-missing", "unknown-meter");
  }

  @Test
  void maxAndUniqueCountAreExact() {
    metering.register("mix-i", "mix-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    metering.events(
        event("mix-i", "1", "load", hour, "{\"load\":0.7}"),
        event("mix-i", "2", "load", hour.plusSeconds(1), "{\"load\":0.9}"),
        event("mix-i", "3", "load", hour.plusSeconds(2), "{\"load\":0.8}"),
        event("mix-i", "4", "login", hour, "{\"user\":\"ann\"}"),
        event("mix-i", "5", "login", hour, "{\"user\":\"bob\"}"),
        event("mix-i", "6", "login", hour, "{\"user\":\"ann\"}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    assertThat(UsageReader.of(metering).totals("mix-a", Granularity.HOUR))
        .containsExactly(hour + " peak=0.9 r1", hour + " users=2 r1");
  }

  @Test
  void aRestartContinuesWhereItWas() {
    metering.register("restart-i", "restart-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    String first = event("restart-i", "1", "cpu.used", hour, "{\"seconds\":5}");
    metering.events(first);
    metering.settle();
    metering.restart();
    assertThat(now()).isEqualTo(hour);
    metering.events(first, event("restart-i", "2", "cpu.used", hour, "{\"seconds\":7}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    UsageReader usage = UsageReader.of(metering);
    assertThat(usage.totals("restart-a", Granularity.HOUR)).containsExactly(hour + " cpu=12 r1");
    assertThat(usage.gaps()).isEmpty();
  }

  @Test
  void lostStateIsRebuiltFromItsChangelogs() {
    metering.register("lost-i", "lost-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    String first = event("lost-i", "1", "cpu.used", hour, "{\"seconds\":5}");
    metering.events(first);
    metering.settle();
    metering.restartWithoutState();
    metering.events(first, event("lost-i", "2", "cpu.used", hour, "{\"seconds\":7}"));
    metering.stepTo(hour.plus(Duration.ofHours(2)));
    UsageReader usage = UsageReader.of(metering);
    assertThat(usage.totals("lost-a", Granularity.HOUR)).containsExactly(hour + " cpu=12 r1");
    assertThat(usage.gaps()).isEmpty();
  }

  /** A total that missed an event is put into the changelog, from which it is rebuilt. */
  @Test
  void aTotalThatMissesACountedEventTurnsTheAuditRed() {
    metering.register("tampered-i", "tampered-a", now());
    Instant hour = nextHour();
    metering.stepTo(hour);
    for (String id : List.of("1", "2")) {
      metering.events(event("tampered-i", id, "load", hour, "{\"load\":5}"));
      metering.settle();
    }
    assertThat(red()).isEmpty();
    var totals = metering.changelog("series", "tampered-a");
    metering.appendToChangelog(totals.getFirst());
    metering.restartWithoutState();
    metering.awaitReadable();
    assertThat(red())
        .containsExactly("usage-conservation: the totals hold 1 events fewer than were counted");

    metering.appendToChangelog(totals.getLast());
    metering.restartWithoutState();
    metering.awaitReadable();
    assertThat(red()).isEmpty();
  }

  /** Every invariant is broken by a test: there is one. */
  private static List<String> red() {
    JsonNode invariants =
        JSON.readTree(metering.get("/v1/audit", metering.operator()).body()).at("/invariants");
    assertThat(invariants.findValuesAsString("id")).containsExactly("usage-conservation");
    List<String> red = new ArrayList<>();
    for (JsonNode invariant : invariants) {
      for (JsonNode finding : invariant.at("/findings")) {
        red.add(invariant.at("/id").asString() + ": " + finding.asString());
      }
    }
    return red;
  }
}
