package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.log.RecordKind;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.topology.Addition;
import io.tollgate.metering.topology.Correction;
import io.tollgate.model.event.Topics;
import io.tollgate.support.messaging.KeyPartitions;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A correction takes away what the event added, from the meters that counted it. */
class ExactCorrectionIT {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  /** Fields of an item of the usage query. */
  private static final Pattern TOTAL =
      Pattern.compile("\"meter\":\"([^\"]+)\"[^{]*\\{[^}]*\\}[^{}]*?\"quantity\":\"([^\"]+)\"");

  @TempDir static Path directory;
  private static RunningMetering metering;

  @BeforeAll
  static void start() {
    metering = new RunningMetering(directory, START, Map.of());
    metering.stepTo(START.plusSeconds(60));
    metering.awaitReadable();
  }

  @AfterAll
  static void stop() {
    metering.close();
  }

  @AfterEach
  void everyEventIsAccountedFor() {
    metering.assertGreen();
  }

  private static void meter(String name, String type, String aggregation) {
    String pointer = aggregation.equals("COUNT") ? "" : "\"valuePointer\":\"/v\",";
    metering.meter(
        """
        {"meter":"%s","eventType":"%s","aggregation":"%s",%s"unit":"1","emits":["HOURLY"]}\
        """
            .formatted(name, type, aggregation, pointer));
  }

  private static String used(String instance, String id, String type, int value) {
    return event(instance, id, type, START, "{\"v\":%d}".formatted(value));
  }

  private static String voided(String instance, String id) {
    return metering
        .correct(
            "void-" + instance + "-" + id + "-" + metering.corrections(),
            """
            {"kind":"VOID","source":"test","instance":"%s","id":"%s","reason":"never happened"}\
            """
                .formatted(instance, id))
        .body();
  }

  private static String amended(String event) {
    return metering
        .correct(
            "amend-" + metering.corrections(),
            "{\"kind\":\"AMEND\",\"event\":%s,\"reason\":\"wrong value\"}".formatted(event))
        .body();
  }

  private static String added(String instance, String meter, String quantity) {
    return metering
        .correct(
            "add-" + metering.corrections(),
            """
            {"kind":"ADD","instance":"%s","meter":"%s","time":"%s","quantity":"%s","reason":"x"}\
            """
                .formatted(instance, meter, START, quantity))
        .body();
  }

  private static String applied() {
    return "\"outcome\":\"applied\"";
  }

  /** What each meter has come to for an account, closed or open. */
  private static Map<String, String> totals(String account) {
    metering.settle();
    String body =
        metering.get("/v1/accounts/" + account + "/usage?limit=1000", metering.operator()).body();
    Map<String, String> totals = new TreeMap<>();
    Matcher found = TOTAL.matcher(body);
    while (found.find()) {
      totals.put(found.group(1), found.group(2));
    }
    return totals;
  }

  /** The later meters count x2 alone, whatever becomes of the events before them. */
  @Test
  void meterDefinedLaterIsLeftAlone() {
    metering.register("late-i", "late-a", START);
    meter("early", "t.late", "SUM");
    metering.events(
        used("late-i", "x0", "t.late", 1),
        used("late-i", "x1", "t.late", 5),
        used("late-i", "x3", "t.late", 8));
    metering.settle();
    meter("sum", "t.late", "SUM");
    meter("count", "t.late", "COUNT");
    meter("max", "t.late", "MAX");
    meter("latest", "t.late", "LATEST");
    meter("unique", "t.late", "UNIQUE_COUNT");
    metering.events(used("late-i", "x2", "t.late", 2));
    Map<String, String> later =
        new TreeMap<>(Map.of("sum", "2", "count", "1", "max", "2", "latest", "2", "unique", "1"));
    assertThat(totals("late-a")).containsAllEntriesOf(later).containsEntry("early", "16");

    assertThat(voided("late-i", "x1")).contains(applied());
    assertThat(totals("late-a")).containsAllEntriesOf(later).containsEntry("early", "11");
    assertThat(amended(used("late-i", "x0", "t.late", 4))).contains(applied());
    assertThat(totals("late-a")).containsAllEntriesOf(later).containsEntry("early", "14");
    assertThat(amended(used("late-i", "x0", "t.late", 6))).contains(applied());
    assertThat(totals("late-a")).containsAllEntriesOf(later).containsEntry("early", "16");

    metering.restartWithoutState();
    metering.awaitReadable();
    assertThat(voided("late-i", "x0")).contains(applied());
    assertThat(voided("late-i", "x3")).contains(applied());
    assertThat(totals("late-a")).containsAllEntriesOf(later).containsEntry("early", "2");
    assertThat(amended(used("late-i", "x2", "t.late", 3))).contains(applied());
    assertThat(totals("late-a"))
        .isEqualTo(
            Map.of(
                "early", "3", "sum", "3", "count", "1", "max", "3", "latest", "3", "unique", "1"));
    assertThat(voided("late-i", "x2")).contains(applied());
    assertThat(voided("late-i", "x2")).contains("already-voided");
    assertThat(totals("late-a").values()).containsOnly("0");
  }

  /** It is counted when its instance is registered, so by the meters known then. */
  @Test
  void eventThatWaitedCountsByTheMetersOfItsRegistration() {
    meter("before", "t.wait", "SUM");
    metering.events(
        used("wait-i", "w1", "t.wait", 5),
        used("wait-i", "w2", "t.wait", 100),
        used("wait-i", "w4", "t.wait", 1000));
    metering.settle();
    assertThat(amended(used("wait-i", "w2", "t.wait", 7))).contains(applied());
    assertThat(voided("wait-i", "w4")).contains(applied());
    meter("between", "t.wait", "SUM");
    metering.register("wait-i", "wait-a", START);
    metering.events(used("wait-i", "w3", "t.wait", 1));
    assertThat(totals("wait-a")).isEqualTo(Map.of("before", "13", "between", "13"));
    meter("after", "t.wait", "SUM");
    metering.events(used("wait-i", "w5", "t.wait", 2));
    assertThat(voided("wait-i", "w1")).contains(applied());
    assertThat(amended(used("wait-i", "w2", "t.wait", 8))).contains(applied());
    assertThat(totals("wait-a")).isEqualTo(Map.of("before", "11", "between", "11", "after", "2"));
  }

  @Test
  void noCorrectionBringsAWindowBelowZero() {
    meter("bytes", "t.zero", "SUM");
    meter("calls", "t.zero", "COUNT");
    metering.register("zero-i", "zero-a", START);
    metering.register("other-i", "other-a", START);
    metering.events(used("zero-i", "z1", "t.zero", 5), used("other-i", "z1", "t.zero", 5));
    assertThat(added("zero-i", "bytes", "-3")).contains(applied());
    assertThat(voided("zero-i", "z1")).contains("below-zero", "would become negative");
    assertThat(amended(used("zero-i", "z1", "t.zero", 2))).contains("below-zero");
    assertThat(totals("zero-a")).isEqualTo(Map.of("bytes", "2", "calls", "1"));
    assertThat(amended(used("zero-i", "z1", "t.zero", 4))).contains(applied());
    assertThat(totals("zero-a")).isEqualTo(Map.of("bytes", "1", "calls", "1"));
    assertThat(added("zero-i", "bytes", "3")).contains(applied());
    assertThat(added("zero-i", "calls", "-1")).contains(applied());
    assertThat(voided("zero-i", "z1")).contains("below-zero");
    assertThat(added("zero-i", "calls", "1")).contains(applied());
    assertThat(voided("zero-i", "z1")).contains(applied());
    assertThat(totals("zero-a")).isEqualTo(Map.of("bytes", "0", "calls", "0"));
    assertThat(totals("other-a")).isEqualTo(Map.of("bytes", "5", "calls", "1"));
    assertThat(metering.get("/v1/corrections?limit=1000", metering.operator()).body())
        .contains("below-zero", "would become negative");
  }

  /** The end of the instance is known late: what was counted before is still taken back. */
  @Test
  void whatWasCountedIsTakenBackThoughTheInstanceHasEndedBefore() {
    meter("ended", "t.end", "SUM");
    metering.register("end-i", "end-a", START);
    metering.events(used("end-i", "e1", "t.end", 5), used("end-i", "e2", "t.end", 6));
    metering.settle();
    metering.register("end-i", "end-a", START, Optional.of(START.minus(Duration.ofMinutes(1))));
    assertThat(amended(used("end-i", "e1", "t.end", 9))).contains("instance-ended");
    assertThat(voided("end-i", "e1")).contains(applied());
    assertThat(totals("end-a")).isEqualTo(Map.of("ended", "6"));
  }

  private static HttpResponse<String> addedIn(String region) {
    return metering.correct(
        "add-" + metering.corrections(),
        """
        {"kind":"ADD","instance":"dim-i","meter":"regional","dimensions":{"region":%s},
         "time":"%s","quantity":"3","reason":"x"}\
        """
            .formatted(region, START));
  }

  /** Past the request's own check the log decides, and goes on. */
  private static void addedInTheLog(String id, String region, Instant time) {
    TreeMap<String, String> dimensions = new TreeMap<>(Map.of("region", "REGION"));
    Addition addition = new Addition("dim-i", "regional", dimensions, time, BigDecimal.ONE);
    String json = new String(addition.bytes(), UTF_8).replace("\"REGION\"", region);
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(
            Topics.USAGE_EVENTS,
            metering.get(KeyPartitions.class).of("dim-i"),
            "dim-i",
            json.getBytes(UTF_8));
    record.headers().add(RecordKind.HEADER, RecordKind.ADD.headerValue());
    new Correction(id, id, "olga", "x").write(record.headers());
    metering.publish(record);
  }

  @Test
  void anAdditionWhoseDimensionsNoSeriesCanHaveIsRefusedAndNothingStops() {
    metering.meter(
        """
        {"meter":"regional","eventType":"t.dim","aggregation":"SUM","valuePointer":"/v",
         "dimensions":{"region":"/r"},"unit":"1","emits":["HOURLY"]}\
        """);
    metering.register("dim-i", "dim-a", START);
    for (String region : List.of("null", '"' + "x".repeat(257) + '"', "\"\\ud800\"")) {
      assertThat(addedIn(region).statusCode()).as(region).isEqualTo(400);
    }
    addedInTheLog("dim-none", "null", START);
    addedInTheLog("dim-long", '"' + "x".repeat(70_000) + '"', START);
    addedInTheLog("dim-ever", "\"north\"", Instant.MIN);
    assertThat(addedIn('"' + "x".repeat(256) + '"').body()).contains(applied());
    assertThat(totals("dim-a")).isEqualTo(Map.of("regional", "3"));
    assertThat(metering.get("/v1/corrections?limit=1000", metering.operator()).body())
        .contains("\"id\":\"dim-none\"", "\"id\":\"dim-long\"", "\"id\":\"dim-ever\"")
        .containsPattern("dim-none[^}]*},\"kind\":\"ADD\",\"outcome\":\"dimension-unbounded\"")
        .containsPattern("dim-long[^}]*},\"kind\":\"ADD\",\"outcome\":\"dimension-unbounded\"")
        .containsPattern("dim-ever[^}]*},\"kind\":\"ADD\",\"outcome\":\"unreadable\"");
  }

  /** Amended to a type that other meters count: those count it, as meters stand now. */
  @Test
  void anAmendmentMayChangeTheType() {
    meter("one", "t.one", "SUM");
    metering.register("type-i", "type-a", START);
    metering.events(used("type-i", "y1", "t.one", 5));
    metering.settle();
    meter("two", "t.two", "SUM");
    meter("uno", "t.one", "SUM");
    assertThat(amended(used("type-i", "y1", "t.two", 7))).contains(applied());
    assertThat(totals("type-a")).isEqualTo(Map.of("one", "0", "two", "7"));
    assertThat(voided("type-i", "y1")).contains(applied());
    assertThat(totals("type-a")).isEqualTo(Map.of("one", "0", "two", "0"));
  }
}
