package io.tollgate.testing;

import io.tollgate.client.Answer;
import io.tollgate.client.ServiceClient;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;

/** Somebody with a token who speaks HTTP; bodies may be written with single quotes. */
public final class User {

  private final ServiceClient service;
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
    this.service = ServiceClient.of(base, token);
    this.judge = judge;
  }

  /** Looks at every answer. */
  @FunctionalInterface
  public interface Judge {

    /** What is wrong with an answer; nothing, if it is as it should be. */
    List<String> faults(String method, String path, int status, String type, String body);
  }

  public Answer get(String path) {
    return send("GET", path, "", newKey());
  }

  /** The text of a page, whatever it is. */
  public String text(String path) {
    return ServiceClient.exchange(request(path).build(), HttpResponse.BodyHandlers.ofString())
        .body();
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
    return service.request(path);
  }

  private Answer send(String method, String path, String body, String key) {
    return send(method, path, "application/json", body.replace('\'', '"'), key);
  }

  /** Sends a body of any type as it is, with a new Idempotency-Key. */
  public Answer sendAs(String method, String path, String type, String body) {
    return send(method, path, type, body, newKey());
  }

  private Answer send(String method, String path, String type, String body, String key) {
    HttpRequest.Builder request = request(path).header("Idempotency-Key", key);
    if (body.isEmpty()) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request
          .header("Content-Type", type)
          .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
    Answer answer = service.send(request);
    if (answer.status() == 0) {
      throw new IllegalStateException(method + " " + path + ": " + answer);
    }
    List<String> faults = judge.faults(method, path, answer.status(), answer.type(), answer.text());
    if (!faults.isEmpty()) {
      throw new AssertionError(
          "%s %s answered %d, which is not as documented: %s in %s"
              .formatted(method, path, answer.status(), faults, answer.text()));
    }
    return answer;
  }
}
