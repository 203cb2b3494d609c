package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedKafka.SecureListener;
import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.model.event.Topics;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.messaging.KeyPartitions;
import io.tollgate.testing.Certificate;
import io.tollgate.testing.SecureKafka;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/**
 * Every form in which events are posted, and what is refused; on a broker whose connections are
 * encrypted and have a password.
 */
class IngestIT {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final String DATA = "{\"seconds\": 1.50}";
  private static final int AT_ONCE = 200;

  @TempDir static Path directory;
  private static Certificate certificate;
  private static SecureListener secure;
  private static RunningMetering metering;

  @BeforeAll
  static void start() {
    certificate = Certificate.make(directory, "broker");
    secure = SecureKafka.listener(certificate);
    Map<String, String> settings = SecureKafka.settings(secure, certificate.certificate());
    settings.put("tollgate.metering.rate.platforms.slow", "1");
    metering =
        new RunningMetering(
            directory, NOW, settings, EmbeddedKafka.start(directory.resolve("kafka"), secure));
  }

  @AfterAll
  static void stop() {
    metering.close();
  }

  private static HttpResponse<String> post(String type, String body) {
    return metering.post("/api/v1/events", metering.platform(), type, body);
  }

  private static List<String> inTheLog(String instance) {
    return metering.read(Topics.USAGE_EVENTS).stream()
        .filter(record -> instance.equals(record.key()))
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  @Test
  void theVeryBytesOfStructuredAndBatchedEventsAreForwarded() {
    String one = event("forms-i", "1", "cpu", NOW, DATA);
    String two = event("forms-i", "2", "cpu", NOW, DATA);
    String three = event("forms-i", "3", "cpu", NOW, DATA);
    assertThat(post("application/cloudevents+json", one).statusCode()).isEqualTo(204);
    assertThat(post("application/cloudevents-batch+json", "[ " + two + " ]").statusCode())
        .isEqualTo(204);
    assertThat(post("application/json", "[" + three + "]").statusCode()).isEqualTo(204);
    assertThat(inTheLog("forms-i")).containsExactly(one, two, three);
  }

  private static byte[] packed(String coding, String body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream packing =
        coding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
      packing.write(body.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static HttpResponse<String> postPacked(
      String type, String coding, HttpRequest.BodyPublisher body) {
    return metering.send(
        HttpRequest.newBuilder(URI.create(metering.url() + "/api/v1/events"))
            .header("Authorization", "Bearer " + metering.platform())
            .header("Content-Type", type)
            .header("Content-Encoding", coding)
            .POST(body)
            .build());
  }

  private static HttpRequest.BodyPublisher bytes(byte[] body) {
    return HttpRequest.BodyPublishers.ofByteArray(body);
  }

  @Test
  void packedBodiesAreTakenAsWhatIsInThem() {
    String one = event("packed-i", "1", "cpu", NOW, DATA);
    String two = event("packed-i", "2", "cpu", NOW, DATA);
    String three = event("packed-i", "3", "cpu", NOW, DATA);
    String json = "application/json";
    assertThat(postPacked(json, "gzip", bytes(packed("gzip", one))).statusCode()).isEqualTo(204);
    assertThat(postPacked(json, "Deflate", bytes(packed("deflate", "[" + two + "]"))).statusCode())
        .isEqualTo(204);
    byte[] lines = packed("gzip", three + "\n");
    // In chunks: nobody says how long it is.
    var answer =
        postPacked(
            "application/x-ndjson",
            "x-gzip",
            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(lines)));
    assertThat(answer.body()).contains("{\"line\":1,\"status\":\"accepted\"}");
    assertThat(postPacked(json, "identity", bytes(one.getBytes(UTF_8))).statusCode())
        .isEqualTo(204);
    assertThat(inTheLog("packed-i")).containsExactly(one, two, three, one);
  }

  @Test
  void aCodingThatIsNotKnownIsRefusedWithThoseThatAre() {
    for (String coding : List.of("br", "zstd", "gzip, gzip")) {
      var answer = postPacked("application/json", coding, bytes(new byte[] {1}));
      assertThat(answer.statusCode()).isEqualTo(415);
      assertThat(answer.headers().firstValue("Accept-Encoding"))
          .contains("gzip, deflate, identity");
      assertThat(answer.body())
          .contains("unsupported-content-encoding", "Content-Encoding '" + coding + "'");
    }
    var damaged = postPacked("application/json", "gzip", bytes(DATA.getBytes(UTF_8)));
    assertThat(damaged.statusCode()).isEqualTo(400);
    assertThat(damaged.body()).contains("the body is not valid gzip");
  }

  /** Nothing was posted, however it was packed: the answer says so, and not what an event is. */
  @Test
  void anEmptyBodyAndOneThatIsCutOffAreRefusedAsWhatTheyAre() {
    for (String type : List.of("application/json", "application/x-ndjson")) {
      refusedAsEmpty(post(type, ""));
      refusedAsEmpty(post(type, " \r\n"));
      for (String coding : List.of("identity", "gzip", "deflate")) {
        refusedAsEmpty(postPacked(type, coding, bytes(new byte[0])));
      }
      refusedAsEmpty(postPacked(type, "gzip", bytes(packed("gzip", ""))));
      refusedAsEmpty(postPacked(type, "deflate", bytes(packed("deflate", "\n"))));
      assertThat(postPacked(type, "br", bytes(new byte[0])).statusCode()).isEqualTo(415);
    }
    for (String coding : List.of("gzip", "deflate")) {
      byte[] whole = packed(coding, event("cut-off", "1", "cpu", NOW, DATA));
      var cut =
          postPacked("application/json", coding, bytes(Arrays.copyOf(whole, whole.length - 9)));
      assertThat(cut.statusCode()).isEqualTo(400);
      assertThat(cut.body()).contains("the body is not valid " + coding + ": it ends too early");
    }
    assertThat(inTheLog("cut-off")).isEmpty();
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
      assertThat(postPacked("application/json", "gzip", bytes(bomb)).statusCode()).isEqualTo(413);
    }
    String one = event("after-bomb", "1", "cpu", NOW, DATA);
    assertThat(post("application/json", one).statusCode()).isEqualTo(204);
  }

  @Test
  void aRefusedTimeSaysWhereTheClockStandsAndEveryFormIsTaken() {
    Instant old = NOW.minus(Duration.ofDays(36));
    assertThat(post("application/json", event("times-i", "1", "cpu", old, DATA)).body())
        .contains(
            "time 2026-01-24T00:00:00Z is before 2026-01-25T01:00:00Z, and the clock is at"
                + " 2026-03-01T00:00:00Z; enter older usage as a correction");
    Instant ahead = NOW.plus(Duration.ofMinutes(6));
    assertThat(
            post("application/x-ndjson", event("times-i", "2", "cpu", ahead, DATA) + "\n").body())
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
      assertThat(post("application/json", event).statusCode()).as(time).isEqualTo(204);
    }
    String quoted =
        event("times-i", "3", "cpu", NOW, DATA).replace(NOW.toString(), "a \\\"time\\\"");
    assertThat(post("application/x-ndjson", quoted).body())
        .contains("time 'a \\\"time\\\"' must be an RFC 3339 time");
  }

  @Test
  void eventsOfOneRequestAndPartitionShareARecordAndKeepTheirBytes() {
    String one = event("shared-i", "1", "cpu", NOW, DATA);
    String two = event("shared-i", "2", "cpu", NOW, DATA.replace(" ", "\n"));
    assertThat(post("application/json", "[" + one + " , " + two + "]").statusCode()).isEqualTo(204);
    assertThat(metering.read(Topics.USAGE_EVENTS))
        .filteredOn(record -> new String(record.value(), UTF_8).contains("shared"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.partition())
                  .isEqualTo(metering.get(KeyPartitions.class).of("shared-i"));
              assertThat(EventPack.events(record.value(), record.headers()).orElseThrow())
                  .extracting(bytes -> new String(bytes, UTF_8))
                  .containsExactly(one, two);
            });
  }

  /** Each for itself taken or refused, however they share records. */
  @Test
  void requestsAtTheSameTimeShareRecordsAndNothingElse() {
    List<Integer> answers;
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      answers =
          IntStream.range(0, AT_ONCE)
              .mapToObj(
                  n -> {
                    String event = event("at-once-" + n % 7, "n" + n, "cpu", NOW, DATA);
                    String body = n % 10 == 0 ? event.replace("1.0", "0.3") : event;
                    return CompletableFuture.supplyAsync(
                        () -> post("application/cloudevents+json", body).statusCode(), clients);
                  })
              .toList()
              .stream()
              .map(CompletableFuture::join)
              .toList();
    }

    List<List<String>> records =
        metering.read(Topics.USAGE_EVENTS).stream()
            .map(
                record ->
                    EventPack.events(record.value(), record.headers())
                        .orElseGet(() -> List.of(record.value())))
            .map(events -> events.stream().map(each -> new String(each, UTF_8)).toList())
            .filter(events -> events.getFirst().contains("at-once-"))
            .toList();
    assertThat(answers)
        .isEqualTo(IntStream.range(0, AT_ONCE).mapToObj(n -> n % 10 == 0 ? 400 : 204).toList());
    assertThat(records.stream().flatMap(List::stream))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, AT_ONCE)
                .filter(n -> n % 10 != 0)
                .mapToObj(n -> event("at-once-" + n % 7, "n" + n, "cpu", NOW, DATA))
                .toList());
    assertThat(records).hasSizeLessThan(AT_ONCE / 2);
  }

  @Test
  void binaryModeBecomesTheSameEvent() {
    HttpResponse<String> answer =
        metering.send(
            HttpRequest.newBuilder(URI.create(metering.url() + "/api/v1/events"))
                .header("Authorization", "Bearer " + metering.platform())
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "1")
                .header("ce-source", "test")
                .header("ce-type", "cpu")
                .header("ce-subject", "binary-i")
                .header("ce-time", NOW.toString())
                .POST(HttpRequest.BodyPublishers.ofString(DATA))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
    assertThat(inTheLog("binary-i"))
        .singleElement()
        .asString()
        .contains("\"subject\":\"binary-i\"", "\"data\":" + DATA);
  }

  /** In UTF-8 each half of a pair would be a question mark, and different ids one. */
  @Test
  void textsThatAreNoUnicodeAreRefusedInEveryForm() {
    String half = event("half-i", "\\ud800", "cpu", NOW, DATA);
    String inData = event("half-i", "1", "cpu", NOW, "{\"size\":\"\\udfff\"}");
    String good = event("half-i", "?", "cpu", NOW, DATA);
    for (String bad : List.of(half, inData)) {
      assertThat(post("application/cloudevents+json", bad))
          .satisfies(answer -> refusedAsHalf(answer, 400));
      assertThat(post("application/cloudevents-batch+json", "[" + good + "," + bad + "]"))
          .satisfies(answer -> refusedAsHalf(answer, 400));
      assertThat(post("application/x-ndjson", bad)).satisfies(answer -> refusedAsHalf(answer, 200));
    }
    HttpResponse<String> binary =
        metering.send(
            HttpRequest.newBuilder(URI.create(metering.url() + "/api/v1/events"))
                .header("Authorization", "Bearer " + metering.platform())
                .header("Content-Type", "application/json")
                .headers("ce-specversion", "1.0", "ce-id", "%ED%A0%80", "ce-source", "test")
                .headers("ce-type", "cpu", "ce-subject", "half-i", "ce-time", NOW.toString())
                .POST(HttpRequest.BodyPublishers.ofString(DATA))
                .build());
    assertThat(binary.statusCode()).isEqualTo(400);
    assertThat(binary.body()).contains("the header ce-id must be percent-encoded UTF-8");
    refusedAsHalf(
        metering.correct(
            "half-1",
            """
            {"kind":"VOID","source":"test","instance":"half-i","id":"\\ud800","reason":"x"}\
            """),
        400);
    refusedAsHalf(
        metering.correct("half-2", "{\"kind\":\"AMEND\",\"event\":" + half + ",\"reason\":\"x\"}"),
        400);
    refusedAsHalf(
        metering.post(
            "/v1/meters",
            metering.operator(),
            "application/json",
            """
            {"meter":"half","eventType":"\\udc00","aggregation":"COUNT","unit":"1",
             "emits":["HOURLY"]}\
            """),
        400);
    assertThat(inTheLog("half-i")).isEmpty();
  }

  private static void refusedAsHalf(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.body()).contains("half of a surrogate pair");
  }

  @Test
  void linesAreAnsweredOneByOne() {
    String good = event("lines-i", "1", "cpu", NOW, DATA);
    HttpResponse<String> answer =
        post("application/x-ndjson", good + "\n{\"oops\n" + good.replace("1.0", "0.3") + "\n");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().lines().toList())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("\"line\":1", "accepted"),
            line -> assertThat(line).contains("\"line\":2", "refused", "JSON"),
            line -> assertThat(line).contains("\"line\":3", "refused", "specversion"));
    assertThat(inTheLog("lines-i")).containsExactly(good);
  }

  @Test
  void aBadEventFailsItsWholeBatchAndEveryBadIndexIsNamed() {
    String good = event("batch-i", "1", "cpu", NOW, DATA);
    String late = event("batch-i", "2", "cpu", NOW.minus(Duration.ofDays(35)), DATA);
    String future = event("batch-i", "3", "cpu", NOW.plusSeconds(301), DATA);
    HttpResponse<String> answer =
        post("application/json", "[" + String.join(",", good, late, good, future, "7") + "]");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("bad-events", "\"indexes\":[1,3,4]");
    assertThat(inTheLog("batch-i")).isEmpty();
  }

  @Test
  void whatIsNoBatchOrNotAllowedIsRefused() {
    assertThat(post("application/json", "[{\"id\":").statusCode()).isEqualTo(400);
    assertThat(post("application/json", "").statusCode()).isEqualTo(400);
    assertThat(post("application/json", "[1e400000000]").statusCode()).isEqualTo(400);
    assertThat(post("application/json", " ".repeat(17 << 20)).statusCode()).isEqualTo(413);
    // Fuzzing had a 500 of it.
    assertThat(post("json", "[]").statusCode()).isEqualTo(415);
    String nothing = "{\"meter\":null,\"eventType\":\"x\",\"unit\":\"x\",\"emits\":[\"HOURLY\"]}";
    assertThat(
            metering
                .post("/v1/meters", metering.operator(), "application/json", nothing)
                .statusCode())
        .isEqualTo(400);
    String good = event("closed-i", "1", "cpu", NOW, DATA);
    assertThat(
            metering
                .post("/api/v1/events", metering.customer("a"), "application/json", good)
                .statusCode())
        .isEqualTo(403);
    assertThat(metering.post("/api/v1/events", "x", "application/json", good).statusCode())
        .isEqualTo(401);
    assertThat(inTheLog("closed-i")).isEmpty();
  }

  /** 40 events at 1 a second and a burst of 10 s: half a minute is owed. */
  @Test
  void aPlatformThatPostsTooFastIsToldWhenToComeAgainAndNobodyElse() {
    String one = event("slow-i", "1", "cpu", NOW, DATA);
    String many = "[" + String.join(",", Collections.nCopies(40, one)) + "]";
    String slow = metering.platform("slow");
    String json = "application/json";
    assertThat(metering.post("/api/v1/events", slow, json, many).statusCode()).isEqualTo(204);

    HttpResponse<String> refused = metering.post("/api/v1/events", slow, json, one);
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body()).contains("problems/too-fast");
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElse("0")))
        .isBetween(2, 31);
    assertThat(post(json, event("quick-i", "1", "cpu", NOW, DATA)).statusCode()).isEqualTo(204);
    assertThat(
            metering
                .get(MeterRegistry.class)
                .get("tollgate.ingest.rate.limited")
                .tag("platform", "slow")
                .counter()
                .count())
        .isEqualTo(1);
  }

  /** Consumers, producers and administration of the aggregation got through as the others did. */
  @Test
  void theAggregationRunsOnEncryptedConnections() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(metering.readiness()).isEqualTo(200));
  }

  @Test
  void theBrokerIsNotReachedByAWrongAuthorityAWrongPasswordOrOpenly() {
    Certificate other = Certificate.make(directory, "other");
    String password = secure.password();
    assertThat(failure(SecureKafka.security(certificate.certificate(), password))).isEmpty();
    assertThat(failure(SecureKafka.security(other.certificate(), password)))
        .isEqualTo("SslAuthenticationException");
    assertThat(failure(SecureKafka.security(certificate.certificate(), "guessed")))
        .isEqualTo("SaslAuthenticationException");
    assertThat(failure(Map.of())).isEqualTo("TimeoutException");
  }

  /** Why a client with these properties does not get through; empty when it does. */
  private static String failure(Map<String, String> security) {
    KafkaSettings settings =
        new KafkaSettings(
            secure.bootstrapServers(), 1, (short) 1, Duration.ZERO, Duration.ZERO, security);
    Map<String, Object> config =
        new KafkaClients(settings, metering.get(ServiceIdentity.class)).adminConfig("guess");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 4_000);
    try (Admin admin = Admin.create(config)) {
      return admin.describeCluster().nodes().get().isEmpty() ? "no nodes" : "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause()).replaceAll(".*\\.([A-Za-z]+Exception).*", "$1");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void everyRouteIsDescribedAndEveryDescriptionIsARoute() {
    TreeSet<String> running = new TreeSet<>();
    metering
        .get(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            route ->
                route
                    .getPatternsCondition()
                    .getPatterns()
                    .forEach(
                        pattern ->
                            route
                                .getMethodsCondition()
                                .getMethods()
                                .forEach(method -> running.add(method + " " + pattern))));
    YamlMapFactoryBean yaml = new YamlMapFactoryBean();
    yaml.setResources(new ClassPathResource("openapi/metering.yaml"));
    TreeSet<String> described = new TreeSet<>();
    Map<String, Object> document = yaml.getObject();
    if (document != null && document.get("paths") instanceof Map<?, ?> paths) {
      paths.forEach(
          (path, methods) -> {
            if (methods instanceof Map<?, ?> byMethod) {
              byMethod
                  .keySet()
                  .forEach(
                      method ->
                          described.add(
                              method.toString().toUpperCase(java.util.Locale.ROOT) + " " + path));
            }
          });
    }
    assertThat(running).isEqualTo(described);
    assertThat(metering.get("/openapi.yaml", metering.platform()).body()).startsWith("openapi");
  }
}
