package io.tollgate.metering;

import static io.tollgate.metering.testing.Ingest.NOW;
import static io.tollgate.metering.testing.Ingest.bytes;
import static io.tollgate.metering.testing.Ingest.packed;
import static io.tollgate.metering.testing.RunningMetering.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.testing.Ingest;
import io.tollgate.metering.testing.SharedIngest;
import io.tollgate.model.event.Topics;
import io.tollgate.support.messaging.KeyPartitions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every form in which events are posted. */
@ExtendWith(SharedIngest.class)
class IngestIT {

  private static final String DATA = "{\"seconds\": 1.50}";
  private static final int AT_ONCE = 200;

  private final Ingest ingest;

  IngestIT(Ingest ingest) {
    this.ingest = ingest;
  }

  @Test
  void theVeryBytesOfStructuredAndBatchedEventsAreForwarded() {
    String one = event("forms-i", "1", "cpu", NOW, DATA);
    String two = event("forms-i", "2", "cpu", NOW, DATA);
    String three = event("forms-i", "3", "cpu", NOW, DATA);
    assertThat(ingest.post("application/cloudevents+json", one).statusCode()).isEqualTo(204);
    assertThat(ingest.post("application/cloudevents-batch+json", "[ " + two + " ]").statusCode())
        .isEqualTo(204);
    assertThat(ingest.post("application/json", "[" + three + "]").statusCode()).isEqualTo(204);
    assertThat(ingest.inTheLog("forms-i")).containsExactly(one, two, three);
  }

  @Test
  void packedBodiesAreTakenAsWhatIsInThem() {
    String one = event("packed-i", "1", "cpu", NOW, DATA);
    String two = event("packed-i", "2", "cpu", NOW, DATA);
    String three = event("packed-i", "3", "cpu", NOW, DATA);
    String json = "application/json";
    assertThat(ingest.postPacked(json, "gzip", bytes(packed("gzip", one))).statusCode())
        .isEqualTo(204);
    assertThat(
            ingest
                .postPacked(json, "Deflate", bytes(packed("deflate", "[" + two + "]")))
                .statusCode())
        .isEqualTo(204);
    byte[] lines = packed("gzip", three + "\n");
    // In chunks: nobody says how long it is.
    var answer =
        ingest.postPacked(
            "application/x-ndjson",
            "x-gzip",
            HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(lines)));
    assertThat(answer.body()).contains("{\"line\":1,\"status\":\"accepted\"}");
    assertThat(ingest.postPacked(json, "identity", bytes(one.getBytes(UTF_8))).statusCode())
        .isEqualTo(204);
    assertThat(ingest.inTheLog("packed-i")).containsExactly(one, two, three, one);
  }

  @Test
  void eventsOfOneRequestAndPartitionShareARecordAndKeepTheirBytes() {
    String one = event("shared-i", "1", "cpu", NOW, DATA);
    String two = event("shared-i", "2", "cpu", NOW, DATA.replace(" ", "\n"));
    assertThat(ingest.post("application/json", "[" + one + " , " + two + "]").statusCode())
        .isEqualTo(204);
    assertThat(ingest.metering().read(Topics.USAGE_EVENTS))
        .filteredOn(record -> new String(record.value(), UTF_8).contains("shared"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.partition())
                  .isEqualTo(ingest.metering().get(KeyPartitions.class).of("shared-i"));
              assertThat(EventPack.events(record.value(), record.headers()).orElseThrow())
                  .extracting(bytes -> new String(bytes, UTF_8))
                  .containsExactly(one, two);
            });
  }

  /** Each for itself taken or refused, however they share records. */
  @Test
  void requestsAtTheSameTimeShareRecordsAndNothingElse() {
    List<HttpRequest> requests =
        IntStream.range(0, AT_ONCE)
            .mapToObj(
                n -> {
                  String event = event("at-once-" + n % 7, "n" + n, "cpu", NOW, DATA);
                  return ingest.posting(
                      "application/cloudevents+json",
                      n % 10 == 0 ? event.replace("1.0", "0.3") : event);
                })
            .toList();
    List<Integer> answers;
    try (HttpClient client = patientClient()) {
      answers =
          requests.stream()
              .map(each -> client.sendAsync(each, HttpResponse.BodyHandlers.discarding()))
              .toList()
              .stream()
              .map(answer -> answer.join().statusCode())
              .toList();
    }

    List<List<String>> records =
        ingest.metering().read(Topics.USAGE_EVENTS).stream()
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
    assertThat(records).as("fewer than events").hasSizeLessThan(AT_ONCE * 9 / 10);
  }

  /**
   * Hundreds of connections at once may take long on a busy machine: each has its request's time.
   */
  private static HttpClient patientClient() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Test
  void binaryModeBecomesTheSameEvent() {
    HttpResponse<String> answer =
        ingest
            .metering()
            .send(
                HttpRequest.newBuilder(URI.create(ingest.metering().url() + "/api/v1/events"))
                    .header("Authorization", "Bearer " + ingest.metering().platform())
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
    assertThat(ingest.inTheLog("binary-i"))
        .singleElement()
        .asString()
        .contains("\"subject\":\"binary-i\"", "\"data\":" + DATA);
  }

  @Test
  void linesAreAnsweredOneByOne() {
    String good = event("lines-i", "1", "cpu", NOW, DATA);
    HttpResponse<String> answer =
        ingest.post(
            "application/x-ndjson", good + "\n{\"oops\n" + good.replace("1.0", "0.3") + "\n");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body().lines().toList())
        .hasSize(3)
        .satisfiesExactly(
            line -> assertThat(line).contains("\"line\":1", "accepted"),
            line -> assertThat(line).contains("\"line\":2", "refused", "JSON"),
            line -> assertThat(line).contains("\"line\":3", "refused", "specversion"));
    assertThat(ingest.inTheLog("lines-i")).containsExactly(good);
  }
}
