package io.tollgate.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a token who speaks HTTP; bodies may be written with single quotes. */
public final class User {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final String token;
  private final Judge judge;

  /**
   * Somebody.
   *
   * @param base where the service is
   * @param token a bearer token; empty for none
   */
  public User(URI base, String token) {
    this(base, token, (method, path, status, type, body) -> List.of());
  }

  /**
   * Somebody who lets every answer be judged.
   *
   * @param judge names what is wrong with an answer, e.g. {@link OpenApiDocument#faults}
   */
  public User(URI base, String token, Judge judge) {
    this.base = base;
    this.token = token;
    this.judge = judge;
  }

  /** Looks at every answer. */
  @FunctionalInterface
  public interface Judge {

    /** What is wrong with an answer; nothing, if it is as it should be. */
    List<String> faults(String method, String path, int status, String type, String body);
  }

  /**
   * What was answered.
   *
   * @param status the HTTP status
   * @param body the JSON body; an empty object without one, or of another type
   */
  public record Answer(int status, JsonNode body) {

    /** A text by its JSON pointer, empty when there is none. */
    public String text(String pointer) {
      return body.at(pointer).asString("");
    }

    /** The last part of a problem's type. */
    public String problem() {
      String type = text("/type");
      return type.substring(type.lastIndexOf('/') + 1);
    }
  }

  public Answer get(String path) {
    return send("GET", path, "", newKey());
  }

  /** The text of a page, whatever it is. */
  public String text(String path) {
    return exchange(request(path).build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Posts with a new Idempotency-Key. */
  public Answer post(String path, String body) {
    return post(path, body, newKey());
  }

  /** Posts with an Idempotency-Key. */
  public Answer post(String path, String body, String key) {
    return send("POST", path, body, key);
  }

  public Answer put(String path, String body) {
    return send("PUT", path, body, newKey());
  }

  public Answer delete(String path) {
    return send("DELETE", path, "", newKey());
  }

  private static String newKey() {
    return UUID.randomUUID().toString();
  }

  /** A request of this user's, to be completed. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private Answer send(String method, String path, String body, String key) {
    return send(method, path, "application/json", body.replace('\'', '"'), key);
  }

  /** Sends a body of any type as it is, with a new Idempotency-Key. */
  public Answer sendAs(String method, String path, String type, String body) {
    return send(method, path, type, body, newKey());
  }

  private Answer send(String method, String path, String contentType, String body, String key) {
    HttpRequest.Builder request = request(path).timeout(LIMIT).header("Idempotency-Key", key);
    if (!body.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    request.method(
        method,
        body.isEmpty()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> response = exchange(request.build(), HttpResponse.BodyHandlers.ofString());
    String text = response.body();
    String type = response.headers().firstValue("Content-Type").orElse("");
    List<String> faults = judge.faults(method, path, response.statusCode(), type, text);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "%s %s answered %d, which is not as documented: %s in %s"
              .formatted(method, path, response.statusCode(), faults, text));
    }
    boolean json = !text.isEmpty() && type.contains("json");
    return new Answer(response.statusCode(), json ? JSON.readTree(text) : JSON.createObjectNode());
  }

  /** Sends any request and reads the answer with a handler. */
  public static <T> HttpResponse<T> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
