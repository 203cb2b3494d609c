package io.tollgate.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/**
 * One service's public HTTP interface, for whoever has a token.
 *
 * <p>A request that gets no answer is an {@link Answer} of status 0, not an exception: to whom
 * services are killed, that is an outcome like others.
 */
public final class ServiceClient {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** One for all: its connections are kept, and its threads are few. */
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_LIMIT)
          .build();

  private final URI base;
  private final String token;
  private final Duration limit;

  private ServiceClient(URI base, String token, Duration limit) {
    this.base = base;
    this.token = token;
    this.limit = limit;
  }

  /**
   * Speaks to a service.
   *
   * @param base where it is
   * @param token a bearer token; empty for none
   */
  public static ServiceClient of(URI base, String token) {
    return new ServiceClient(base, token, LIMIT);
  }

  /** The same, which waits for an answer as long as this. */
  public ServiceClient waiting(Duration patience) {
    return new ServiceClient(base, token, patience);
  }

  /** Reads. */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** Posts JSON. */
  public Answer post(String path, Object body) {
    return send("POST", path, "application/json", JSON.writeValueAsBytes(body));
  }

  /** Posts JSON under an idempotency key. */
  public Answer post(String path, Object body, String key) {
    return send(
        request(path)
            .header("Idempotency-Key", key)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
  }

  /** Puts JSON. */
  public Answer put(String path, Object body) {
    return send("PUT", path, "application/json", JSON.writeValueAsBytes(body));
  }

  /** Sends any content. */
  public Answer send(String method, String path, String type, byte[] content) {
    return send(
        request(path)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  /** A request that bears the token, to be completed. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Sends a request and reads the answer as text. */
  public Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          HTTP.send(request.timeout(limit).build(), HttpResponse.BodyHandlers.ofString());
      return Answer.of(
          response.statusCode(),
          response.headers().firstValue("Content-Type").orElse(""),
          response.body(),
          RetryAfter.of(response.headers()));
    } catch (IOException e) {
      return Answer.none(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /**
   * Sends a request and reads the answer with a handler.
   *
   * @throws UncheckedIOException when there is no answer
   */
  public static <T> HttpResponse<T> exchange(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request, handler);
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.uri(), e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }
}
