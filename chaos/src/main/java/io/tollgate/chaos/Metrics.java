package io.tollgate.chaos;

import io.tollgate.standalone.Service;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The counters that services show to a monitor. */
final class Metrics implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String token;

  /**
   * @param token a monitor's
   */
  Metrics(String token) {
    this.token = token;
  }

  /**
   * A counter of an instance as it is now; empty while it does not answer, or has not counted.
   *
   * @param name with its labels, as Prometheus writes them
   */
  Optional<Long> read(Row row, Service service, String name) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(
                      row.ports().managementUrl(service).resolve("/actuator/prometheus"))
                  .timeout(TIMEOUT)
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? find(answer.body(), name) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Optional<Long> find(String page, String name) {
    return page.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> Math.round(Double.parseDouble(line.substring(name.length() + 1))))
        .findFirst();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
