package io.tollgate.metering;

import static io.tollgate.metering.testing.Ingest.NOW;
import static io.tollgate.metering.testing.Ingest.bytes;
import static io.tollgate.metering.testing.Ingest.packed;
import static io.tollgate.metering.testing.RunningMetering.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.testing.Ingest;
import io.tollgate.metering.testing.SharedIngest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is posted and no event, and what of it is said. */
@ExtendWith(SharedIngest.class)
class RefusedEventsIT {

  private static final String DATA = "{\"seconds\": 1.50}";

  private final Ingest ingest;

  RefusedEventsIT(Ingest ingest) {
    this.ingest = ingest;
  }

  @Test
  void aCodingThatIsNotKnownIsRefusedWithThoseThatAre() {
    for (String coding : List.of("br", "zstd", "gzip, gzip")) {
      var answer = ingest.postPacked("application/json", coding, bytes(new byte[] {1}));
      assertThat(answer.statusCode()).isEqualTo(415);
      assertThat(answer.headers().firstValue("Accept-Encoding"))
          .contains("gzip, deflate, identity");
      assertThat(answer.body())
          .contains("unsupported-content-encoding", "Content-Encoding '" + coding + "'");
    }
    var damaged = ingest.postPacked("application/json", "gzip", bytes(DATA.getBytes(UTF_8)));
    assertThat(damaged.statusCode()).isEqualTo(400);
    assertThat(damaged.body()).contains("the body is not valid gzip");
  }

  /** Nothing was posted, however it was packed: the answer says so, and not what an event is. */
  @Test
  void anEmptyBodyAndOneThatIsCutOffAreRefusedAsWhatTheyAre() {
    for (String type : List.of("application/json", "application/x-ndjson")) {
      refusedAsEmpty(ingest.post(type, ""));
      refusedAsEmpty(ingest.post(type, " \r\n"));
      for (String coding : List.of("identity", "gzip", "deflate")) {
        refusedAsEmpty(ingest.postPacked(type, coding, bytes(new byte[0])));
      }
      refusedAsEmpty(ingest.postPacked(type, "gzip", bytes(packed("gzip", ""))));
      refusedAsEmpty(ingest.postPacked(type, "deflate", bytes(packed("deflate", "\n"))));
      assertThat(ingest.postPacked(type, "br", bytes(new byte[0])).statusCode()).isEqualTo(415);
    }
    for (String coding : List.of("gzip", "deflate")) {
      byte[] whole = packed(coding, event("cut-off", "1", "cpu", NOW, DATA));
      var cut =
          ingest.postPacked(
              "application/json", coding, bytes(Arrays.copyOf(whole, whole.length - 9)));
      assertThat(cut.statusCode()).isEqualTo(400);
      assertThat(cut.body()).contains("the body is not valid " + coding + ": it ends too early");
    }
    assertThat(ingest.inTheLog("cut-off")).isEmpty();
  }

  private static void refusedAsEmpty(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("malformed-body", "\"detail\":\"the body is empty: post");
  }

  /** 64 MB of blanks in 64 KB: unpacked no further than a body may be large. */
  @Test
  void aBodyThatUnpacksToMoreThanABodyMayHoldIsTooLarge() {
    byte[] bomb = packed("gzip", "[" + " ".repeat(64 << 20) + "]");
    for (int i = 0; i < 5; i++) {
      assertThat(ingest.postPacked("application/json", "gzip", bytes(bomb)).statusCode())
          .isEqualTo(413);
    }
    String one = event("after-bomb", "1", "cpu", NOW, DATA);
    assertThat(ingest.post("application/json", one).statusCode()).isEqualTo(204);
  }

  @Test
  void aRefusedTimeSaysWhereTheClockStandsAndEveryFormIsTaken() {
    Instant old = NOW.minus(Duration.ofDays(36));
    assertThat(ingest.post("application/json", event("times-i", "1", "cpu", old, DATA)).body())
        .contains(
            "time 2026-01-24T00:00:00Z is before 2026-01-25T01:00:00Z, and the clock is at"
                + " 2026-03-01T00:00:00Z; enter older usage as a correction");
    Instant ahead = NOW.plus(Duration.ofMinutes(6));
    assertThat(
            ingest
                .post("application/x-ndjson", event("times-i", "2", "cpu", ahead, DATA) + "\n")
                .body())
        .contains(
            "time 2026-03-01T00:06:00Z is after 2026-03-01T00:05:00Z, and the clock is at"
                + " 2026-03-01T00:00:00Z");
    for (String time :
        List.of(
            "2026-02-28T23:59:60Z",
            "2026-02-28T23:59:60+00:00",
            "2026-03-01T07:59:60+08:00",
            "2026-02-28T23:59:59.1234567890123Z")) {
      String event =
          event("times-i", "t" + time.length() + time.charAt(12), "cpu", NOW, DATA)
              .replace(NOW.toString(), time);
      assertThat(ingest.post("application/json", event).statusCode()).as(time).isEqualTo(204);
    }
    String quoted =
        event("times-i", "3", "cpu", NOW, DATA).replace(NOW.toString(), "a \\\"time\\\"");
    assertThat(ingest.post("application/x-ndjson", quoted).body())
        .contains("time 'a \\\"time\\\"' must be an RFC 3339 time");
  }

  /** Of two ids the first one counted, or the last, depending on the form. */
  @Test
  void anAttributeThatIsGivenTwiceIsRefusedInEveryForm() {
    String twice = event("twice-i", "1", "cpu", NOW, DATA).replaceFirst("\\{", "{\"id\":\"2\",");
    HttpResponse<String> one = ingest.post("application/cloudevents+json", twice);
    assertThat(one.statusCode()).isEqualTo(400);
    assertThat(one.body()).contains("id is given twice");
    assertThat(ingest.post("application/cloudevents-batch+json", "[" + twice + "]").body())
        .contains("id is given twice");
    assertThat(ingest.post("application/x-ndjson", twice).body())
        .contains("\"status\":\"refused\",\"message\":\"id is given twice\"");
    HttpResponse<String> binary = postBinary("ce-id", "1", "ce-id", "2");
    assertThat(binary.statusCode()).isEqualTo(400);
    assertThat(binary.body()).contains("the header ce-id is given 2 times; give it once");
  }

  private HttpResponse<String> postBinary(String... ids) {
    return ingest
        .metering()
        .send(
            HttpRequest.newBuilder(URI.create(ingest.metering().url() + "/api/v1/events"))
                .header("Authorization", "Bearer " + ingest.metering().platform())
                .header("Content-Type", "application/json")
                .headers(ids)
                .headers("ce-specversion", "1.0", "ce-source", "test")
                .headers("ce-type", "cpu", "ce-subject", "half-i", "ce-time", NOW.toString())
                .POST(HttpRequest.BodyPublishers.ofString(DATA))
                .build());
  }

  /** In UTF-8 each half of a pair would be a question mark, and different ids one. */
  @Test
  void textsThatAreNoUnicodeAreRefusedInEveryForm() {
    String half = event("half-i", "\\ud800", "cpu", NOW, DATA);
    String inData = event("half-i", "1", "cpu", NOW, "{\"size\":\"\\udfff\"}");
    String good = event("half-i", "?", "cpu", NOW, DATA);
    for (String bad : List.of(half, inData)) {
      assertThat(ingest.post("application/cloudevents+json", bad))
          .satisfies(answer -> refusedAsHalf(answer, 400));
      assertThat(ingest.post("application/cloudevents-batch+json", "[" + good + "," + bad + "]"))
          .satisfies(answer -> refusedAsHalf(answer, 400));
      assertThat(ingest.post("application/x-ndjson", bad))
          .satisfies(answer -> refusedAsHalf(answer, 200));
    }
    HttpResponse<String> binary = postBinary("ce-id", "%ED%A0%80");
    assertThat(binary.statusCode()).isEqualTo(400);
    assertThat(binary.body()).contains("the header ce-id must be percent-encoded UTF-8");
    refusedAsHalf(
        ingest
            .metering()
            .correct(
                "half-1",
                """
                {"kind":"VOID","source":"test","instance":"half-i","id":"\\ud800","reason":"x"}\
                """),
        400);
    refusedAsHalf(
        ingest
            .metering()
            .correct("half-2", "{\"kind\":\"AMEND\",\"event\":" + half + ",\"reason\":\"x\"}"),
        400);
    refusedAsHalf(
        ingest
            .metering()
            .post(
                "/v1/meters",
                ingest.metering().operator(),
                "application/json",
                """
                {"meter":"half","eventType":"\\udc00","aggregation":"COUNT","unit":"1",
                 "emits":["HOURLY"]}\
                """),
        400);
    assertThat(ingest.inTheLog("half-i")).isEmpty();
  }

  private static void refusedAsHalf(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("half of a surrogate pair");
  }

  @Test
  void aBadEventFailsItsWholeBatchAndEveryBadIndexIsNamed() {
    String good = event("batch-i", "1", "cpu", NOW, DATA);
    String late = event("batch-i", "2", "cpu", NOW.minus(Duration.ofDays(35)), DATA);
    String future = event("batch-i", "3", "cpu", NOW.plusSeconds(301), DATA);
    HttpResponse<String> answer =
        ingest.post(
            "application/json", "[" + String.join(",", good, late, good, future, "7") + "]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("bad-events", "\"indexes\":[1,3,4]");
    assertThat(ingest.inTheLog("batch-i")).isEmpty();
  }

  @Test
  void whatIsNoBatchOrNotAllowedIsRefused() {
    assertThat(ingest.post("application/json", "[{\"id\":").statusCode()).isEqualTo(400);
    assertThat(ingest.post("application/json", "").statusCode()).isEqualTo(400);
    assertThat(ingest.post("application/json", "[1e400000000]").statusCode()).isEqualTo(400);
    assertThat(ingest.post("application/json", " ".repeat(17 << 20)).statusCode()).isEqualTo(413);
    // Fuzzing had a 500 of it.
    assertThat(ingest.post("json", "[]").statusCode()).isEqualTo(415);
    String nothing = "{\"meter\":null,\"eventType\":\"x\",\"unit\":\"x\",\"emits\":[\"HOURLY\"]}";
    assertThat(
            ingest
                .metering()
                .post("/v1/meters", ingest.metering().operator(), "application/json", nothing)
                .statusCode())
        .isEqualTo(400);
    String good = event("closed-i", "1", "cpu", NOW, DATA);
    assertThat(
            ingest
                .metering()
                .post("/api/v1/events", ingest.metering().customer("a"), "application/json", good)
                .statusCode())
        .isEqualTo(403);
    assertThat(ingest.metering().post("/api/v1/events", "x", "application/json", good).statusCode())
        .isEqualTo(401);
    assertThat(ingest.inTheLog("closed-i")).isEmpty();
  }

  /** 40 events at 1 a second and a burst of 10 s: half a minute is owed. */
  @Test
  void aPlatformThatPostsTooFastIsToldWhenToComeAgainAndNobodyElse() {
    String one = event("slow-i", "1", "cpu", NOW, DATA);
    String many = "[" + String.join(",", Collections.nCopies(40, one)) + "]";
    String slow = ingest.metering().platform("slow");
    String json = "application/json";
    assertThat(ingest.metering().post("/api/v1/events", slow, json, many).statusCode())
        .isEqualTo(204);

    HttpResponse<String> refused = ingest.metering().post("/api/v1/events", slow, json, one);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("problems/too-fast");
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")))
        .isBetween(2, 31);
    assertThat(ingest.post(json, event("quick-i", "1", "cpu", NOW, DATA)).statusCode())
        .isEqualTo(204);
    assertThat(
            ingest
                .metering()
                .get(MeterRegistry.class)
                .get("tollgate_ingest_rate_limited")
                .tag("platform", "slow")
                .counter()
                .count())
        .isEqualTo(1);
  }
}
