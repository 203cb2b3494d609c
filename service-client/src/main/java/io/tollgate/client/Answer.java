package io.tollgate.client;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a service answered.
 *
 * @param status the HTTP status; 0 when there was no answer
 * @param type the content type; empty when there was no content
 * @param body the JSON body; an empty object without one, or of another type
 * @param text the body as it came, or why there was no answer
 * @param retryAfter how long the service asks to wait before the request is sent again
 */
public record Answer(
    int status, String type, JsonNode body, String text, Optional<Duration> retryAfter) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int TOO_MANY = 429;
  private static final int UNAVAILABLE = 503;
  private static final int CONFLICT = 409;

  static Answer of(int status, String type, String text) {
    return of(status, type, text, Optional.empty());
  }

  static Answer of(int status, String type, String text, Optional<Duration> retryAfter) {
    return new Answer(status, type, parsed(type, text), text, retryAfter);
  }

  static Answer none(Exception e) {
    return new Answer(0, "", JSON.createObjectNode(), "no answer: " + e, Optional.empty());
  }

  private static JsonNode parsed(String type, String text) {
    try {
      return type.contains("json") && !text.isBlank()
          ? JSON.readTree(text)
          : JSON.createObjectNode();
    } catch (JacksonException e) {
      return JSON.createObjectNode();
    }
  }

  /** Whether it was done. */
  public boolean ok() {
    return status >= 200 && status < 300;
  }

  /** Itself when it was done. */
  public Answer orFail() {
    if (!ok()) {
      throw new IllegalStateException("the service answers " + inWords());
    }
    return this;
  }

  /**
   * Whether it is about the state of the service, not about the request: the same request may be
   * answered otherwise in a moment, and sending it again is harmless.
   */
  public boolean asksToComeAgain() {
    return status == 0 || status == CONFLICT || status == TOO_MANY || status == UNAVAILABLE;
  }

  /** A text by its JSON pointer, empty when there is none. */
  public String text(String pointer) {
    return body.at(pointer).asString("");
  }

  /** The last part of a problem's type. */
  public String problem() {
    String type = text("/type");
    return type.substring(type.lastIndexOf('/') + 1);
  }

  /** What went wrong, in the problem's own words. */
  public String inWords() {
    return status == 0 ? text : status + " " + body.path("detail").asString(text);
  }

  @Override
  public String toString() {
    return status == 0 ? text : status + " " + text;
  }
}
