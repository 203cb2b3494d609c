package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.ServiceClient;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.MailServer;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.e2e.testing.SharedCloud;
import io.tollgate.e2e.testing.TraceCollector;
import io.tollgate.e2e.testing.TraceCollector.ReceivedSpan;
import io.tollgate.embedded.PortFile;
import io.tollgate.model.event.Topics;
import io.tollgate.standalone.Service;
import io.tollgate.testing.Await;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request causes is one trace, over Kafka and the tables in which work waits, and the log
 * tells it too: the deployment exports traces of callers who ask for them and logs JSON.
 */
@OnSharedCloud
class TracesIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final String CALLER = "00f067aa0ba902b7";

  @Test
  void aRechargeAndItsEmailsAreOneTraceAndTheLogNamesItWithoutTheAddresses(
      Cloud cloud, TraceCollector collector, MailServer mail) {
    Deployment deployment = cloud.deployment();
    var unused = cloud.freshDay();
    cloud.openAccount("traced");
    // That an e-mail fails is logged.
    List<String> addresses = List.of("traced@customers.example", SharedCloud.BOUNCING);
    var unusedAnswer =
        Cloud.done(
            deployment
                .operator(Service.ACCOUNT)
                .put(
                    "/v1/accounts/traced/contacts",
                    "{'name':'Jo Traced','emails':['%s','%s'],'marketingConsent':false}"
                        .formatted(addresses.get(0), addresses.get(1))));
    deployment.settle();

    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    String transaction = UUID.randomUUID().toString();
    post(
        deployment,
        Service.BILLING,
        "/v1/accounts/traced/recharges",
        "{\"channel\":\"ALIPAY\",\"transaction\":\"%s\",\"amount\":\"10\"}".formatted(transaction),
        trace);
    deployment.settle();

    List<ReceivedSpan> spans =
        Await.until(LIMIT, () -> collector.of(trace), found -> names(found).containsAll(WAY));
    assertThat(names(spans)).containsExactlyInAnyOrderElementsOf(WAY);
    Set<String> parents = spans.stream().map(ReceivedSpan::id).collect(Collectors.toSet());
    parents.add(CALLER);
    assertThat(spans).allSatisfy(span -> assertThat(parents).contains(span.parent()));
    assertThat(mail.received(addresses.getFirst())).hasSize(1);
    assertThat(collector.all())
        .noneMatch(span -> holdsAny(span.text(), addresses))
        .noneMatch(span -> span.text().contains(transaction));

    List<JsonNode> logged = logged(deployment);
    assertThat(logged)
        .filteredOn(line -> line.at("/message").asString().contains("to account traced failed"))
        .hasSize(1)
        .allSatisfy(line -> assertThat(line.at("/traceId").asString()).isEqualTo(trace))
        .allSatisfy(line -> assertThat(line.at("/spanId").asString()).hasSize(16));
    assertThat(logged)
        .noneMatch(line -> holdsAny(line.toString(), addresses))
        .noneMatch(line -> holdsAny(line.toString(), List.of("Jo Traced", transaction)));
  }

  /** Every span of it, those of the request first. */
  private static final List<String> WAY =
      List.of(
          "billing: http post /v1/accounts/{account}/recharges",
          "account: billing-events",
          "notification: billing-events",
          "notification: send e-mail",
          "notification: send e-mail");

  private static List<String> names(List<ReceivedSpan> spans) {
    return spans.stream().map(span -> span.service() + ": " + span.name()).toList();
  }

  @Test
  void aUsageEventIsOfItsCallersTraceAsIsItsRecordInTheLog(Cloud cloud, TraceCollector collector) {
    Deployment deployment = cloud.deployment();
    var unused = cloud.freshDay();
    String trace = "5ce8a1c1d6b04b2f9f0a4f3d7e6b5a49";
    String payload = "payload-of-the-traced-event";
    Instant time = deployment.now();
    String event = cloud.event("nobody-yet", "traced-meter", payload, time, "1");
    post(deployment, Service.METERING, "/api/v1/events", event, trace);

    List<ReceivedSpan> spans =
        Await.until(LIMIT, () -> collector.of(trace), found -> found.size() > 1);
    assertThat(names(spans))
        .containsExactlyInAnyOrder(
            "metering: http post /api/v1/events", "metering: append usage events");
    assertThat(headers(deployment))
        .filteredOn(context -> context.startsWith("00-" + trace))
        .singleElement()
        .satisfies(
            context ->
                assertThat(context).isEqualTo("00-%s-%s-01".formatted(trace, appended(spans))));
    assertThat(logged(deployment)).noneMatch(line -> line.toString().contains(payload));
  }

  private static String appended(List<ReceivedSpan> spans) {
    return spans.stream()
        .filter(span -> span.name().startsWith("append"))
        .map(ReceivedSpan::id)
        .findFirst()
        .orElseThrow();
  }

  /** Trace contexts of all records of the usage topic that have one. */
  private static List<String> headers(Deployment deployment) {
    int port = PortFile.of(deployment.directory().resolve("kafka")).kept("broker").orElseThrow();
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + port);
    var bytes = new ByteArrayDeserializer();
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(Topics.USAGE_EVENTS).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      Set<String> found = new HashSet<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          StreamSupport.stream(record.headers().headers("traceparent").spliterator(), false)
              .forEach(header -> found.add(new String(header.value(), StandardCharsets.UTF_8)));
        }
      }
      return List.copyOf(found);
    }
  }

  /** Whatever ran before on this deployment, every line is JSON and betrays nothing. */
  @Test
  void everyLineOfTheLogIsJsonThatNamesItsServiceAndHoldsNoSecret(Cloud cloud) {
    Deployment deployment = cloud.deployment();
    List<JsonNode> logged = logged(deployment);
    assertThat(logged)
        .hasSizeGreaterThan(10)
        .allSatisfy(
            line -> {
              assertThat(Instant.parse(line.at("/@timestamp").asString())).isNotNull();
              assertThat(line.at("/log/level").asString()).isNotEmpty();
              assertThat(line.at("/service/name").asString()).isEqualTo("tollgate");
              assertThat(line.at("/process/thread/name").asString()).isNotEmpty();
            });
    for (String secret : Secrets.of(deployment)) {
      assertThat(logged).noneMatch(line -> line.toString().contains(secret));
    }
  }

  private static List<JsonNode> logged(Deployment deployment) {
    return Secrets.logged(deployment).stream().map(JsonMapper.shared()::readTree).toList();
  }

  private static boolean holdsAny(String text, List<String> parts) {
    return parts.stream().anyMatch(text::contains);
  }

  private static void post(
      Deployment deployment, Service service, String path, String body, String trace) {
    HttpRequest request =
        (service == Service.METERING
                ? deployment.platform(service, Cloud.PLATFORM)
                : deployment.operator(service))
            .request(path)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Content-Type", "application/json")
            .header("traceparent", "00-%s-%s-01".formatted(trace, CALLER))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer =
        ServiceClient.exchange(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
  }
}
