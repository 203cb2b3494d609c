package io.tollgate.support.time.driver;

import io.tollgate.model.event.WireMapper;
import io.tollgate.support.time.ClockStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;

/** The clock of another service, over HTTP. */
final class ClockPeer {

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http;
  private final URI base;
  private final Supplier<String> bearer;

  ClockPeer(HttpClient http, URI base, Supplier<String> bearer) {
    this.http = http;
    this.base = base;
    this.bearer = bearer;
  }

  /** The peer did not answer, or not as it should, this time. */
  static final class PeerAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    PeerAwayException(String message) {
      super(message);
    }
  }

  String name() {
    return base.toString();
  }

  ClockStatus status() throws PeerAwayException {
    return read(send(request("/v1/clock").GET().build()));
  }

  void step(Instant to) throws PeerAwayException {
    String body = WireMapper.mapper().writeValueAsString(Map.of("to", to.toString()));
    var unused =
        send(
            request("/v1/clock/step")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .timeout(REQUEST_TIMEOUT)
        .header("Accept", "application/json")
        .header("Authorization", "Bearer " + bearer.get());
  }

  private byte[] send(HttpRequest request) throws PeerAwayException {
    try {
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      int status = response.statusCode();
      if (status >= 500 || status == 429) {
        throw new PeerAwayException("answers " + status);
      }
      if (status >= 300) {
        throw new ClockDriveException("%s refuses with %d".formatted(request.uri(), status));
      }
      return response.body();
    } catch (IOException e) {
      throw new PeerAwayException("does not answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClockDriveException("interrupted");
    }
  }

  private ClockStatus read(byte[] body) throws PeerAwayException {
    try {
      return WireMapper.mapper().readValue(body, ClockStatus.class);
    } catch (JacksonException e) {
      throw new PeerAwayException("returned an invalid clock");
    }
  }
}
