package io.tollgate.support.web;

import io.tollgate.model.AccountId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.HttpStatus;

/**
 * A request is rejected; answered as an RFC 9457 problem with a stable {@code type}.
 *
 * <p>For controllers only: pure rules return refusals as values, and controllers turn them into
 * this exception.
 */
public class ProblemException extends RuntimeException {

  /** The member that says when to come again; also the header Retry-After. */
  public static final String RETRY_AFTER_SECONDS = "retryAfterSeconds";

  private static final long serialVersionUID = 1L;
  private static final int AGAIN_SECONDS = 2;

  private final HttpStatus status;
  private final String slug;
  private final transient Map<String, Object> extensions;
  private final transient Optional<InvalidField> invalidField;

  /** The field of a request that {@link #invalid} refuses, and why. */
  private record InvalidField(String name, String reason) {}

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param slug last part of the problem's {@code type}, e.g. {@code lead-too-short}
   * @param detail what is wrong with this request, for its author
   */
  public ProblemException(HttpStatus status, String slug, String detail) {
    this(status, slug, detail, Map.of());
  }

  /** A refusal with further members. */
  public ProblemException(
      HttpStatus status, String slug, String detail, Map<String, Object> extensions) {
    this(status, slug, detail, extensions, Optional.empty());
  }

  private ProblemException(
      HttpStatus status,
      String slug,
      String detail,
      Map<String, Object> extensions,
      Optional<InvalidField> invalidField) {
    super(detail);
    this.status = status;
    this.slug = slug;
    this.extensions = new TreeMap<>(extensions);
    this.invalidField = invalidField;
  }

  /** Nothing of that name is visible to the caller: 404. */
  public static ProblemException notFound(String what) {
    return new ProblemException(HttpStatus.NOT_FOUND, "not-found", what + " does not exist");
  }

  /** An {@code Idempotency-Key} that the caller has used with another request: 422. */
  public static ProblemException keyReused() {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        "idempotency-key-reused",
        "this Idempotency-Key was used for a different request");
  }

  /**
   * An account that this service has not heard of: 409. Another service opens accounts, so that
   * nobody can say here that it does not exist.
   */
  public static ProblemException notYetKnown(AccountId account) {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "account-not-yet-known",
        "account %s is not known here yet; if it was just opened, send the request again"
            .formatted(account),
        Map.of(RETRY_AFTER_SECONDS, AGAIN_SECONDS));
  }

  /** A field has a bad value: 400. */
  public static ProblemException invalid(String field, String reason) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST,
        "invalid-request",
        field + ": " + reason,
        Map.of("errors", List.of(Map.of("field", field, "message", reason))),
        Optional.of(new InvalidField(field, reason)));
  }

  /** The same refusal of a field of an object that lies inside of the request's body. */
  ProblemException inside(String object) {
    return invalidField
        .map(field -> invalid(object + "." + field.name(), field.reason()))
        .orElse(this);
  }

  /**
   * The token is good, but not for this: 403.
   *
   * @param needed whose token would do, each as the documents of the routes have it
   */
  public static ProblemException forbidden(List<String> needed) {
    return new ProblemException(
        HttpStatus.FORBIDDEN,
        "forbidden",
        "this needs a token for: " + String.join(", or ", needed),
        Map.of("needed", needed));
  }

  /** The request contradicts what is there: 409. */
  public static ProblemException conflict(String slug, String detail) {
    return new ProblemException(HttpStatus.CONFLICT, slug, detail);
  }

  /** A rule of the contract forbids it: 422, naming the rule. */
  public static ProblemException refused(String slug, String detail, String rule) {
    return new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT, slug, detail, Map.of("rule", rule));
  }

  public HttpStatus status() {
    return status;
  }

  public String slug() {
    return slug;
  }

  public Map<String, Object> extensions() {
    return extensions;
  }
}
