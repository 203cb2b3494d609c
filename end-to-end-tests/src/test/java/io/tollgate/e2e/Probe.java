package io.tollgate.e2e;

import io.tollgate.client.ServiceClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/**
 * Sends any request as anybody, over connections that are kept, so that what one answer leaves
 * behind meets the next request; of a stream it reads only the beginning.
 */
final class Probe {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int BEGINNING = 64;

  private Probe() {}

  /** What was answered. */
  record Answer(int status, String body) {

    /** Whether it was done. */
    boolean done() {
      return status >= 200 && status < 300;
    }
  }

  /**
   * Sends a request.
   *
   * @param token a bearer token; empty for none
   * @param body JSON, which may be written with single quotes; empty for none
   */
  static Answer send(URI base, String method, String path, String token, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(LIMIT)
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Last-Event-ID", "0")
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<InputStream> response =
          ServiceClient.exchange(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        boolean streams =
            response
                .headers()
                .firstValue("Content-Type")
                .orElse("")
                .startsWith("text/event-stream");
        byte[] read = streams ? in.readNBytes(BEGINNING) : in.readAllBytes();
        return new Answer(response.statusCode(), new String(read, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    }
  }
}
