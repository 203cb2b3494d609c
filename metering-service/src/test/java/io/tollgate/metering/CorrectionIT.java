package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.metering.testing.UsageReader;
import io.tollgate.model.Granularity;
import io.tollgate.model.event.Topics;
import io.tollgate.support.observability.Audit;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators correct usage, look at it and replay what could not be counted. */
class CorrectionIT {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

  @TempDir static Path directory;
  private static RunningMetering metering;
  private static Instant hour = START;

  @BeforeAll
  static void start() {
    metering = new RunningMetering(directory, START, Map.of("tollgate.metering.acceptance", "P1D"));
    metering.meter(
        """
        {"meter":"cpu","eventType":"cpu.used","aggregation":"SUM","valuePointer":"/seconds",
         "unit":"s","emits":["HOURLY"]}\
        """);
    metering.meter(
        """
        {"meter":"peak","eventType":"load","aggregation":"MAX","valuePointer":"/load",
         "unit":"1","emits":["HOURLY"]}\
        """);
  }

  @AfterAll
  static void stop() {
    metering.close();
  }

  @AfterEach
  void everyEventIsAccountedFor() {
    Audit.Report report = metering.get(Audit.class).run();
    assertThat(report.invariants()).isNotEmpty();
    assertThat(report.green()).as(report.toString()).isTrue();
  }

  private static HttpResponse<String> correct(String key, String body) {
    return metering.correct(key, body);
  }

  private static void closeTheHour() {
    metering.stepTo(hour.plus(Duration.ofMinutes(63)));
  }

  private static void beginAnHour() {
    hour = hour.plus(Duration.ofHours(2));
    metering.stepTo(hour);
  }

  @Test
  void aVoidedEventCountsNoLongerAndNotAgain() {
    beginAnHour();
    metering.register("void-i", "void-a", hour);
    String two = event("void-i", "2", "cpu.used", hour, "{\"seconds\":20}");
    metering.events(event("void-i", "1", "cpu.used", hour, "{\"seconds\":10}"), two);
    metering.events(
        event("void-i", "3", "load", hour, "{\"load\":5}"),
        event("void-i", "4", "load", hour, "{\"load\":7}"));
    closeTheHour();
    String body =
        """
        {"kind":"VOID","source":"test","instance":"void-i","id":"%s","reason":"posted in error"}\
        """;
    assertThat(correct("v1", body.formatted("2")).statusCode()).isEqualTo(200);
    assertThat(correct("v1", body.formatted("2")).statusCode()).isEqualTo(200);
    assertThat(correct("v2", body.formatted("4")).statusCode()).isEqualTo(200);
    assertThat(correct("v3", body.formatted("2")).body()).contains("already-voided");
    assertThat(correct("v1", body.formatted("1")).body()).contains("idempotency-key-reused");
    assertThat(correct("v4", body.formatted("9")).statusCode()).isEqualTo(404);
    metering.events(two);
    metering.settle();
    assertThat(UsageReader.of(metering).totals("void-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=10 r2", hour + " peak=5 r2");
    assertThat(metering.get("/v1/corrections?limit=1000", metering.operator()).body())
        .contains("posted in error", "olga", "already-voided");
    assertThat(metering.get("/v1/corrections?limit=2", metering.operator()).body().split("\"id\""))
        .as("claims of keys are not listed, and leave no page short")
        .hasSize(1 + 2);
  }

  @Test
  void anAmendedEventCountsAsItShouldHaveBeen() {
    beginAnHour();
    metering.register("amend-i", "amend-a", hour);
    metering.events(event("amend-i", "1", "cpu.used", hour, "{\"seconds\":10}"));
    closeTheHour();
    String body = "{\"kind\":\"AMEND\",\"event\":%s,\"reason\":\"wrong unit\"}";
    String amended = event("amend-i", "1", "cpu.used", hour, "{\"seconds\":600}");
    assertThat(correct("a1", body.formatted(amended)).statusCode()).isEqualTo(200);
    String again = event("amend-i", "1", "cpu.used", hour, "{\"seconds\":60}");
    assertThat(correct("a2", body.formatted(again)).statusCode()).isEqualTo(200);
    metering.settle();
    assertThat(UsageReader.of(metering).of("amend-a", Granularity.HOUR))
        .singleElement()
        .satisfies(
            revision -> {
              assertThat(revision.quantity()).isEqualByComparingTo("60");
              assertThat(revision.eventCount()).isEqualTo(1);
            });
  }

  @Test
  void usageIsAddedToAPastWindowButNeverTakenBelowZero() {
    beginAnHour();
    metering.register("add-i", "add-a", hour);
    closeTheHour();
    String body =
        """
        {"kind":"ADD","instance":"add-i","meter":"cpu","time":"%s","quantity":"%s",
         "reason":"meter was down"}\
        """;
    assertThat(correct("p1", body.formatted(hour, "7.5")).statusCode()).isEqualTo(200);
    assertThat(correct("p1", body.formatted(hour, "7.5")).statusCode()).isEqualTo(200);
    assertThat(correct("p2", body.formatted(hour, "-8")).body()).contains("below-zero");
    metering.settle();
    assertThat(UsageReader.of(metering).totals("add-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=7.5 r1");
  }

  /** Each partition of usage knew its own keys, and all of these were applied. */
  @Test
  void aKeyIsOneCorrectionWhateverTheInstance() throws InterruptedException {
    beginAnHour();
    List<String> instances =
        IntStream.range(0, 4 * RunningMetering.PARTITIONS).mapToObj(n -> "key-i" + n).toList();
    instances.forEach(instance -> metering.register(instance, "key-a", hour));
    closeTheHour();
    String body =
        """
        {"kind":"ADD","instance":"%s","meter":"cpu","time":"%s","quantity":"5",
         "reason":"meter was down"}\
        """;
    List<String> answers;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          threads
              .invokeAll(
                  instances.stream()
                      .<Callable<String>>map(
                          instance -> () -> correct("k1", body.formatted(instance, hour)).body())
                      .toList())
              .stream()
              .map(Future::resultNow)
              .toList();
    }
    assertThat(answers)
        .filteredOn(answer -> answer.contains("idempotency-key-reused"))
        .hasSize(instances.size() - 1);
    String applied =
        instances.stream()
            .filter(instance -> answers.get(instances.indexOf(instance)).contains("applied"))
            .findFirst()
            .orElseThrow();
    assertThat(correct("k1", body.formatted(applied, hour)).statusCode()).isEqualTo(200);
    metering.settle();
    assertThat(UsageReader.of(metering).totals("key-a", Granularity.HOUR))
        .containsExactly(hour + " cpu=5 r1");
  }

  /** It was answered as long as the event was remembered, and then with 404. */
  @Test
  void aCorrectionSentAgainKeepsItsOutcomeWhenItsEventIsForgotten() {
    beginAnHour();
    metering.register("old-i", "old-a", hour);
    metering.events(event("old-i", "1", "cpu.used", hour, "{\"seconds\":10}"));
    closeTheHour();
    String voided =
        """
        {"kind":"VOID","source":"test","instance":"old-i","id":"1","reason":"posted in error"}\
        """;
    assertThat(correct("o1", voided).statusCode()).isEqualTo(200);
    hour = hour.plus(Duration.ofDays(3));
    metering.stepTo(hour);
    metering.events(event("old-i", "2", "cpu.used", hour, "{\"seconds\":10}"));
    metering.settle();
    assertThat(correct("o1", voided).statusCode()).isEqualTo(200);
    assertThat(correct("o2", voided).statusCode()).isEqualTo(404);
  }

  @Test
  void aCustomerSeesClosedAndOpenWindowsOfTheirAccountOnly() {
    beginAnHour();
    metering.register("see-i", "see-a", hour);
    metering.events(event("see-i", "1", "cpu.used", hour, "{\"seconds\":10}"));
    closeTheHour();
    Instant open = hour.plus(Duration.ofHours(1));
    metering.events(event("see-i", "2", "cpu.used", open, "{\"seconds\":3}"));
    metering.settle();
    String path = "/v1/accounts/see-a/usage";
    HttpResponse<String> answer = metering.get(path, metering.customer("see-a"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .contains("\"quantity\":\"10\"", "\"state\":\"CLOSED\"", "\"quantity\":\"3\"", "OPEN");
    assertThat(metering.get(path + "?limit=1", metering.customer("see-a")).body())
        .contains("\"nextCursor\":\"");
    assertThat(metering.get(path, metering.customer("other-a")).statusCode()).isEqualTo(403);
    assertThat(metering.get(path + "?from=" + open, metering.operator()).body())
        .doesNotContain("\"quantity\":\"10\"");
  }

  @Test
  void aQuarantinedEventCountsOnceItsMeterIsThere() {
    beginAnHour();
    metering.register("replay-i", "replay-a", hour);
    metering.events(event("replay-i", "1", "disk.used", hour, "{\"gb\":4}"));
    metering.settle();
    metering.meter(
        """
        {"meter":"disk","eventType":"disk.used","aggregation":"SUM","valuePointer":"/gb",
         "unit":"GB","emits":["HOURLY"]}\
        """);
    String list = metering.get("/v1/quarantine?limit=1000", metering.operator()).body();
    var places =
        java.util.regex.Pattern.compile(
                "\"partition\":(\\d+),\"offset\":(\\d+),\"instance\":\"replay-i\"")
            .matcher(list);
    assertThat(places.find()).as(list).isTrue();
    String path = "/v1/quarantine/%s/%s/replay".formatted(places.group(1), places.group(2));
    for (int i = 0; i < 2; i++) {
      assertThat(metering.post(path, metering.operator(), "application/json", "").statusCode())
          .isEqualTo(202);
    }
    metering.settle();
    closeTheHour();
    assertThat(UsageReader.of(metering).totals("replay-a", Granularity.HOUR))
        .containsExactly(hour + " disk=4 r1");
  }

  /** Such a record is of a later version, or damaged: it is kept, and said to be no event. */
  @Test
  void aRecordThatCannotBeTakenApartIsQuarantinedAndNotReplayed() {
    beginAnHour();
    Map.of("tomorrow", "unknown-kind", "events", "unreadable")
        .forEach(
            (kind, reason) -> {
              ProducerRecord<String, byte[]> record =
                  new ProducerRecord<>(
                      Topics.USAGE_EVENTS, "odd-i", ("[odd " + kind + "]").getBytes(UTF_8));
              record.headers().add("tollgate-kind", kind.getBytes(UTF_8));
              metering.publish(record);
            });
    metering.settle();
    assertThat(metering.read(Topics.USAGE_QUARANTINE))
        .filteredOn(record -> "odd-i".equals(record.key()))
        .hasSize(2)
        .allSatisfy(
            record -> {
              String reason = RunningMetering.header(record, "tollgate-reason");
              String kind = RunningMetering.header(record, "tollgate-kind");
              assertThat(reason).isEqualTo(kind.equals("events") ? "unreadable" : "unknown-kind");
              HttpResponse<String> replayed =
                  metering.post(
                      "/v1/quarantine/%d/%d/replay".formatted(record.partition(), record.offset()),
                      metering.operator(),
                      "application/json",
                      "");
              assertThat(replayed.statusCode()).isEqualTo(422);
              assertThat(replayed.body()).contains("not-replayable");
            });
  }
}
