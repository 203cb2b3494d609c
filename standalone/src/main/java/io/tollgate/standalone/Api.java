package io.tollgate.standalone;

import io.tollgate.model.AccountId;
import io.tollgate.standalone.DataDirectory.TokenRole;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services' public HTTP interface, as an operator and as a platform. */
public final class Api implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final Duration VALIDITY = Duration.ofDays(1);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Ports ports;
  private final DataDirectory directory;
  private final String operator;
  private final String platform;

  private Api(DataDirectory directory, Ports ports) {
    this.directory = directory;
    this.ports = ports;
    this.operator = directory.token(TokenRole.OPERATOR, Optional.empty(), VALIDITY);
    this.platform = directory.token(TokenRole.PLATFORM, Optional.empty(), VALIDITY);
  }

  /** The interface of a running process, with tokens that its directory's key signs. */
  public static Api of(DataDirectory directory, RunningProcess process) {
    return of(directory, process.ports());
  }

  /** The interface of services that listen on these ports. */
  public static Api of(DataDirectory directory, Ports ports) {
    return new Api(directory, ports);
  }

  /**
   * An answer.
   *
   * @param status HTTP status; 0 when there was none
   * @param body JSON, or a missing node
   */
  public record Answer(int status, JsonNode body, String text) {

    /** Whether it was done. */
    public boolean ok() {
      return status >= 200 && status < 300;
    }

    /** What went wrong, from the problem's own words. */
    public String inWords() {
      return status == 0 ? text : status + " " + body.path("detail").asString(text);
    }

    /** Itself when it was done. */
    public Answer orFail() {
      if (!ok()) {
        throw new IllegalStateException("the service answers " + inWords() + " " + text);
      }
      return this;
    }
  }

  /** A service's readiness. */
  public Answer health(Service service) {
    return send(
        HttpRequest.newBuilder(ports.managementUrl(service).resolve("/actuator/health/readiness"))
            .timeout(TIMEOUT)
            .GET(),
        operator);
  }

  /** Reads as an operator. */
  public Answer get(Service service, String path) {
    return send(request(service, path).GET(), operator);
  }

  /** Reads as an operator what takes the longer, the more is stored: audits. */
  public Answer getPatiently(Service service, String path) {
    return send(request(service, path).timeout(PATIENCE).GET(), operator);
  }

  /** Reads as an account's customer. */
  public Answer getAs(AccountId account, Service service, String path) {
    return send(
        request(service, path).GET(),
        directory.token(TokenRole.CUSTOMER, Optional.of(account), VALIDITY));
  }

  /** Reads all items of a paged answer as an operator, however many pages they fill. */
  public List<JsonNode> items(Service service, String path) {
    List<JsonNode> items = new ArrayList<>();
    eachItem(service, path, items::add);
    return items;
  }

  private void eachItem(Service service, String path, Consumer<JsonNode> item) {
    String join = path.contains("?") ? "&" : "?";
    String cursor = "";
    do {
      JsonNode page = get(service, path + cursor).orFail().body();
      page.path("items").forEach(item);
      String next = page.path("nextCursor").asString("");
      cursor = next.isEmpty() ? "" : join + "cursor=" + next;
    } while (!cursor.isEmpty());
  }

  /** Posts JSON as an operator, money-moving requests under a key. */
  public Answer post(Service service, String path, Object body, String key) {
    return send(
        json(request(service, path).header("Idempotency-Key", key), "POST", body), operator);
  }

  /** Puts JSON as an operator. */
  public Answer put(Service service, String path, Object body) {
    return send(json(request(service, path), "PUT", body), operator);
  }

  /** Posts JSON as a platform. */
  public Answer postAsPlatform(Service service, String path, Object body) {
    return send(json(request(service, path), "POST", body), platform);
  }

  /** Posts usage events, one JSON object per line, as a platform. */
  public Answer postLines(String lines) {
    return send(
        request(Service.METERING, "/api/v1/events")
            .header("Content-Type", "application/x-ndjson")
            .POST(HttpRequest.BodyPublishers.ofString(lines)),
        platform);
  }

  /** Posts usage events as one CloudEvents batch, as a platform. */
  public Answer postBatch(byte[] batch) {
    return send(
        request(Service.METERING, "/api/v1/events")
            .header("Content-Type", "application/cloudevents-batch+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(batch)),
        platform);
  }

  private HttpRequest.Builder request(Service service, String path) {
    return HttpRequest.newBuilder(URI.create(ports.url(service) + path)).timeout(TIMEOUT);
  }

  private static HttpRequest.Builder json(HttpRequest.Builder request, String method, Object body) {
    return request
        .header("Content-Type", "application/json")
        .method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
  }

  private Answer send(HttpRequest.Builder request, String token) {
    try {
      HttpResponse<String> response =
          http.send(
              request.header("Authorization", "Bearer " + token).build(),
              HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), parsed(response.body()), response.body());
    } catch (IOException e) {
      return new Answer(0, JSON.missingNode(), "no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static JsonNode parsed(String body) {
    try {
      return body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
    } catch (JacksonException e) {
      return JSON.missingNode();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
