package io.tollgate.client;

import tools.jackson.databind.JsonNode;

/**
 * A service rejected a request, and says why in a problem (RFC 9457). Its {@link #slug()} is stable
 * and documented; the message is for people.
 */
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  ProblemException(Answer answer) {
    super(answer.inWords());
    this.answer = answer;
  }

  /** The HTTP status. */
  public int status() {
    return answer.status();
  }

  /** The last part of the problem's type, e.g. {@code not-found}. */
  public String slug() {
    return answer.problem();
  }

  /** The clause of the agreement that forbids the request; empty where none does. */
  public String rule() {
    return answer.text("/rule");
  }

  /** The whole problem, with the members of its kind. */
  public JsonNode problem() {
    return answer.body();
  }
}
