package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.support.time.BusinessClock;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who posted an event can see what became of it, and of nobody else's. */
class FateIT {

  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
  private static final Pattern CURSOR = Pattern.compile("\"nextCursor\":\"([^\"]+)\"");

  @TempDir static Path directory;
  private static RunningMetering metering;

  /** The hour in which a test begins: the clock may have been stepped far by another. */
  private static Instant hour = START;

  @BeforeAll
  static void start() {
    metering = new RunningMetering(directory, START, Map.of("tollgate.metering.acceptance", "P7D"));
    metering.stepTo(START.plusSeconds(60));
    metering.awaitReadable();
    metering.meter(
        """
        {"meter":"cpu","eventType":"cpu.used","aggregation":"SUM","valuePointer":"/v",
         "unit":"s","emits":["HOURLY"]}\
        """);
  }

  @AfterAll
  static void stop() {
    metering.close();
  }

  @BeforeEach
  void beginAtAnHour() {
    hour = metering.get(BusinessClock.class).now().truncatedTo(ChronoUnit.HOURS);
  }

  @AfterEach
  void everyEventIsAccountedFor() {
    metering.assertGreen();
  }

  private static String used(String instance, String id, String value) {
    return event(instance, id, "cpu.used", hour, "{\"v\":%s}".formatted(value));
  }

  private static HttpResponse<String> post(String platform, String... events) {
    HttpResponse<String> answer =
        metering.post(
            "/api/v1/events",
            metering.platform(platform),
            "application/cloudevents-batch+json",
            "[" + String.join(",", events) + "]");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    metering.settle();
    return answer;
  }

  private static HttpResponse<String> fate(String token, String instance, String id) {
    return metering.get(
        "/v1/event-fates/event?source=test&instance=%s&id=%s".formatted(instance, id), token);
  }

  private static String fate(String instance, String id) {
    return fate(metering.platform(), instance, id).body();
  }

  @Test
  void aCountedEventNamesTheTotalsItIsIn() {
    metering.register("fate-i", "fate-a", START);
    post("compute", used("fate-i", "1", "5"), used("fate-i", "2", "7"));
    post("compute", used("fate-i", "1", "5"));
    post("compute", used("fate-i", "1", "6"));
    assertThat(fate("fate-i", "1"))
        .contains("\"fate\":\"COUNTED\"", "\"detail\":\"It is in the totals.\"")
        .contains("\"meter\":\"cpu\"", "\"windowStart\":\"" + hour + "\"")
        .contains("\"quantity\":\"12\"", "\"revision\":0", "\"duplicates\":1")
        .contains("\"reason\":\"conflict\"", "type, time or data was accepted; that one counts");
    metering.correct(
        "fate-1",
        "{\"kind\":\"AMEND\",\"event\":%s,\"reason\":\"wrong\"}"
            .formatted(used("fate-i", "1", "4")));
    assertThat(fate("fate-i", "1")).contains("\"fate\":\"AMENDED\"", "\"quantity\":\"11\"");
    metering.correct(
        "fate-2",
        """
        {"kind":"VOID","source":"test","instance":"fate-i","id":"1","reason":"never"}\
        """);
    assertThat(fate("fate-i", "1"))
        .contains("\"fate\":\"VOIDED\"", "An operator has voided it.", "\"totals\":[]");
  }

  @Test
  void anEventOfAnUnregisteredInstanceIsSaidToWait() {
    metering.register("here-i", "wait-a", START);
    metering.settle();
    HttpResponse<String> answer =
        post(
            "compute",
            used("later-i", "1", "5"),
            used("later-i", "2", "5"),
            used("here-i", "1", "1"));
    assertThat(answer.headers().firstValue("Tollgate-Waiting")).hasValue("2");
    assertThat(fate("later-i", "1"))
        .contains("\"fate\":\"WAITING\"", "until its instance is registered");
    assertThat(
            metering
                .get("/v1/event-fates?instance=later-i&fate=WAITING", metering.platform())
                .body())
        .contains("\"id\":\"1\"", "\"id\":\"2\"");
    metering.register("later-i", "wait-a", START);
    metering.settle();
    assertThat(fate("later-i", "1")).contains("\"fate\":\"COUNTED\"", "\"quantity\":\"10\"");
    assertThat(post("compute", used("later-i", "3", "5")).headers().firstValue("Tollgate-Waiting"))
        .hasValue("0");
  }

  @Test
  void whatCannotBeCountedHasItsReasonInASentence() {
    metering.register("bad-i", "bad-a", START);
    post(
        "storage",
        used("bad-i", "1", "\"five\""),
        used("bad-i", "2", "-1"),
        used("bad-i", "3", "null"),
        event("bad-i", "4", "nobody.counts", hour.plusSeconds(1), "{}"));
    String storage = metering.platform("storage");
    assertThat(fate(storage, "bad-i", "1").body())
        .contains("\"fate\":\"QUARANTINED\"", "\"reason\":\"value-not-a-number\"")
        .contains("The value is not a number, and the meter needs one.");
    String all = metering.get("/v1/event-fates?instance=bad-i", storage).body();
    assertThat(ids(all)).containsExactly("1", "2", "3", "4");
    assertThat(ids(list(storage, "&reason=value-negative"))).containsExactly("2");
    assertThat(ids(list(storage, "&fate=DUPLICATE"))).isEmpty();
    assertThat(ids(list(storage, "&from=" + hour.plusSeconds(1)))).containsExactly("4");
    assertThat(ids(list(storage, "&to=" + hour.plusSeconds(1)))).containsExactly("1", "2", "3");
    assertThat(list(storage, "&fate=COUNTED")).contains("WAITING, DUPLICATE, QUARANTINED");
    assertThat(pages(storage)).containsExactly("1", "2", "3", "4");
    assertThat(metering.get("/v1/event-fates/counts", storage).body())
        .contains("\"platform\":\"storage\",\"reason\":\"value-negative\"", "\"count\":1")
        .doesNotContain("compute");
    assertThat(metering.get("/v1/quarantine?limit=1000", metering.operator()).body())
        .contains("\"detail\":\"The value is negative; a meter counts 0 or more.\"");
  }

  private static String list(String token, String filter) {
    return metering.get("/v1/event-fates?instance=bad-i" + filter, token).body();
  }

  private static List<String> ids(String body) {
    List<String> ids = new ArrayList<>();
    Matcher found = ID.matcher(body);
    while (found.find()) {
      ids.add(found.group(1));
    }
    return ids;
  }

  private static List<String> pages(String token) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      String page = metering.get("/v1/event-fates?limit=2" + cursor, token).body();
      ids.addAll(ids(page));
      Matcher next = CURSOR.matcher(page);
      cursor = next.find() ? "&cursor=" + next.group(1) : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  @Test
  void aPlatformSeesItsOwnEventsAndOperatorsAll() {
    metering.register("own-i", "own-a", START);
    post("network", used("own-i", "1", "5"), used("own-i", "2", "-5"));
    String network = metering.platform("network");
    assertThat(fate(network, "own-i", "1").statusCode()).isEqualTo(200);
    for (String id : List.of("1", "2", "9")) {
      HttpResponse<String> others = fate(metering.platform(), "own-i", id);
      assertThat(others.statusCode()).isEqualTo(404);
      assertThat(others.body()).contains("event-not-remembered");
    }
    String list = "/v1/event-fates?instance=own-i";
    assertThat(ids(metering.get(list, metering.platform()).body())).isEmpty();
    assertThat(ids(metering.get(list, network).body())).containsExactly("2");
    assertThat(ids(metering.get(list, metering.operator()).body())).containsExactly("2");
    assertThat(metering.get("/v1/event-fates/counts", metering.operator()).body())
        .contains("\"platform\":\"network\",\"reason\":\"counted\"");
    assertThat(metering.get(list, metering.customer("own-a")).statusCode()).isEqualTo(403);
  }

  /**
   * The window's total holds what others posted: 5 of "storage" and 7 of "compute", which runs it.
   */
  @Test
  void aPlatformThatDoesNotRunTheInstanceSeesItsEventAndNoTotals() {
    metering.register("run-i", "run-a", START);
    post("storage", used("run-i", "1", "5"));
    post("compute", used("run-i", "2", "7"));
    assertThat(fate(metering.platform("storage"), "run-i", "1").body())
        .contains("\"fate\":\"COUNTED\"", "\"totals\":[]");
    assertThat(fate("run-i", "2")).contains("\"fate\":\"COUNTED\"", "\"quantity\":\"12\"");
    assertThat(fate(metering.operator(), "run-i", "1").body()).contains("\"quantity\":\"12\"");
  }

  /** All instances of these tests are registered as run by "compute". */
  @Test
  void aPlatformReadsTheUsageOfTheInstancesItRuns() {
    metering.register("usage-i", "usage-a", START);
    post("compute", used("usage-i", "1", "5"));
    String path = "/v1/accounts/usage-a/usage";
    assertThat(metering.get(path, metering.platform()).body()).contains("\"quantity\":\"5\"");
    assertThat(metering.get(path, metering.platform("storage")).body()).contains("\"items\":[]");
  }

  @Test
  void whatIsNoLongerRememberedIsNotListed() {
    metering.register("old-i", "old-a", START);
    post("compute", used("old-i", "1", "-5"));
    String list = "/v1/event-fates?instance=old-i";
    metering.restartWithoutState();
    metering.awaitReadable();
    assertThat(ids(metering.get(list, metering.platform()).body())).containsExactly("1");
    metering.stepTo(hour.plus(Duration.ofDays(9)));
    assertThat(ids(metering.get(list, metering.platform()).body())).isEmpty();
  }
}
