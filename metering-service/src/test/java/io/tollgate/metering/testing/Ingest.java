package io.tollgate.metering.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.embedded.EmbeddedKafka;
import io.tollgate.embedded.EmbeddedKafka.SecureListener;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Certificate;
import io.tollgate.testing.SecureKafka;
import io.tollgate.testing.TestBroker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Posts events to a service whose broker is reached by encrypted connections with a password only.
 *
 * @param metering the service; its platform {@code slow} may post one event a second
 * @param secure where its broker listens
 * @param certificate the broker's
 */
public record Ingest(RunningMetering metering, SecureListener secure, Certificate certificate)
    implements AutoCloseable {

  private static final String EVENTS = "/api/v1/events";

  /** Where the clock stands. */
  public static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

  static Ingest start(Path directory) {
    Certificate certificate = Certificate.make(directory, "broker");
    SecureListener secure = SecureKafka.listener(certificate);
    Map<String, String> settings = SecureKafka.settings(secure, certificate.certificate());
    settings.put("tollgate.metering.rate.platforms.slow", "1");
    TestBroker kafka = TestBroker.of(EmbeddedKafka.start(directory.resolve("kafka"), secure));
    return new Ingest(new RunningMetering(directory, NOW, settings, kafka), secure, certificate);
  }

  /** Posts events as a platform does. */
  public HttpResponse<String> post(String type, String body) {
    return metering.send(posting(type, body));
  }

  /** A request of a platform that posts events. */
  public HttpRequest posting(String type, String body) {
    return metering.posting(EVENTS, metering.platform(), type, body);
  }

  /** A body in a content coding. */
  public static byte[] packed(String coding, String body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream packing =
        coding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
      packing.write(body.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A body of a request. */
  public static HttpRequest.BodyPublisher bytes(byte[] body) {
    return HttpRequest.BodyPublishers.ofByteArray(body);
  }

  /** Posts events in a content coding. */
  public HttpResponse<String> postPacked(
      String type, String coding, HttpRequest.BodyPublisher body) {
    return metering.send(
        HttpRequest.newBuilder(URI.create(metering.url() + EVENTS))
            .header("Authorization", "Bearer " + metering.platform())
            .header("Content-Type", type)
            .header("Content-Encoding", coding)
            .POST(body)
            .build());
  }

  /** What is in the log of usage events under an instance's key. */
  public List<String> inTheLog(String instance) {
    return metering.read(Topics.USAGE_EVENTS).stream()
        .filter(record -> instance.equals(record.key()))
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }

  @Override
  public void close() {
    metering.close();
  }
}
