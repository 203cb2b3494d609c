package io.tollgate.metering;

import static io.tollgate.metering.testing.RunningMetering.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.log.KeyPartitions;
import io.tollgate.metering.testing.RunningMetering;
import io.tollgate.model.event.Topics;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;

/** Every form in which events are posted, and what is refused. */
class IngestIT {

  private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");
  private static final String DATA = "{\"seconds\": 1.50}";

  @TempDir static Path directory;
  private static RunningMetering metering;

  @BeforeAll
  static void start() {
    metering = new RunningMetering(directory, NOW, Map.of());
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
        .map(record -> new String(record.value(), StandardCharsets.UTF_8))
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

  @Test
  void eventsOfOneRequestAndPartitionShareARecordAndKeepTheirBytes() {
    String one = event("shared-i", "1", "cpu", NOW, DATA);
    String two = event("shared-i", "2", "cpu", NOW, DATA.replace(" ", "\n"));
    assertThat(post("application/json", "[" + one + " , " + two + "]").statusCode()).isEqualTo(204);
    assertThat(metering.read(Topics.USAGE_EVENTS))
        .filteredOn(record -> new String(record.value(), StandardCharsets.UTF_8).contains("shared"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.partition())
                  .isEqualTo(metering.get(KeyPartitions.class).of("shared-i"));
              assertThat(EventPack.events(record.value(), record.headers()).orElseThrow())
                  .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
                  .containsExactly(one, two);
            });
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
