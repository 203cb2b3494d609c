package io.tollgate.support.web;

import io.netty.handler.timeout.ReadTimeoutException;
import io.tollgate.model.AmountOutOfBoundsException;
import io.tollgate.support.jdbc.DatabaseBusyException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Turns whatever a request threw into a problem that helps its author and tells nothing of our
 * inside.
 */
@Order(-2)
public final class ProblemHandler implements WebExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);
  private static final int MAX_CAUSES = 20;
  private static final String NOT_IN_REPERTOIRE = "22021";
  private static final String OURS = "io.tollgate.";
  private static final String WRONG_KIND = "has a value of the wrong kind";

  /** SQLSTATE of a database that only reads for now (F18). */
  private static final String READ_ONLY = "25006";

  private final ProblemWriter writer;

  public ProblemHandler(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
    if (failure instanceof AbortedException) {
      // The client has left: there is nobody to answer, and nothing to look for here.
      return Mono.error(failure);
    }
    Answer answer = answer(failure);
    return writer.write(
        exchange, answer.status(), answer.slug(), answer.detail(), answer.extensions());
  }

  private record Answer(
      HttpStatus status, String slug, String detail, Map<String, Object> extensions) {

    static Answer of(HttpStatus status, String slug, String detail) {
      return new Answer(status, slug, detail, Map.of());
    }
  }

  private static Answer answer(Throwable failure) {
    return find(failure, ProblemException.class)
        .map(e -> new Answer(e.status(), e.slug(), String.valueOf(e.getMessage()), e.extensions()))
        .or(() -> find(failure, DataBufferLimitException.class).map(e -> tooLarge()))
        .or(() -> find(failure, ReadTimeoutException.class).map(e -> tooSlow()))
        .or(() -> find(failure, WebExchangeBindException.class).map(ProblemHandler::invalidFields))
        .or(
            () ->
                find(failure, UnrecognizedPropertyException.class)
                    .map(ProblemHandler::unknownField))
        .or(() -> find(failure, DatabindException.class).map(ProblemHandler::unreadableField))
        .or(() -> find(failure, JacksonException.class).map(e -> malformed()))
        .or(() -> find(failure, CodecException.class).map(e -> malformed()))
        .or(() -> find(failure, AmountOutOfBoundsException.class).map(ProblemHandler::tooMuch))
        .or(() -> busy(failure))
        .or(() -> notStorable(failure))
        .or(() -> find(failure, InvalidMediaTypeException.class).map(e -> unknownType()))
        .or(() -> find(failure, ServerWebInputException.class).map(ProblemHandler::badInput))
        .or(() -> find(failure, ResponseStatusException.class).map(ProblemHandler::byStatus))
        .or(() -> find(failure, ErrorResponseException.class).map(ProblemHandler::byProblem))
        .orElseGet(() -> unexpected(failure));
  }

  private static Optional<Answer> busy(Throwable failure) {
    boolean busy =
        find(failure, DatabaseBusyException.class).isPresent()
            || find(failure, TransientDataAccessException.class).isPresent()
            || find(failure, CannotAcquireLockException.class).isPresent()
            || find(failure, QueryTimeoutException.class).isPresent()
            || find(failure, CannotCreateTransactionException.class).isPresent()
            || find(failure, DataAccessResourceFailureException.class).isPresent()
            || find(failure, SQLException.class)
                .filter(e -> READ_ONLY.equals(e.getSQLState()))
                .isPresent();
    return busy
        ? Optional.of(
            Answer.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                "busy",
                "nothing was changed; send the request again later"))
        : Optional.empty();
  }

  /** A NUL: no text of the database holds one, whichever field or parameter it came in. */
  private static Optional<Answer> notStorable(Throwable failure) {
    return find(failure, SQLException.class)
        .filter(e -> NOT_IN_REPERTOIRE.equals(e.getSQLState()))
        .map(
            e ->
                Answer.of(
                    HttpStatus.BAD_REQUEST,
                    "invalid-request",
                    "a text has a character that cannot be kept (NUL)"));
  }

  private static Answer unknownType() {
    return Answer.of(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "the content type is none that can be read");
  }

  /** A sum that the request would bring about: what it enters itself was bounded when read. */
  private static Answer tooMuch(AmountOutOfBoundsException e) {
    return Answer.of(
        HttpStatus.UNPROCESSABLE_CONTENT, "amount-out-of-bounds", String.valueOf(e.getMessage()));
  }

  private static Answer tooLarge() {
    return Answer.of(
        HttpStatus.CONTENT_TOO_LARGE, "too-large", "the body is larger than this route takes");
  }

  private static Answer tooSlow() {
    return Answer.of(
        HttpStatus.REQUEST_TIMEOUT, "too-slow", "the rest of the request did not come in time");
  }

  private static Answer malformed() {
    return Answer.of(
        HttpStatus.BAD_REQUEST, "malformed-body", "the body cannot be read as what its type says");
  }

  private static Answer invalidFields(WebExchangeBindException e) {
    List<Map<String, String>> errors =
        e.getFieldErrors().stream()
            .map(
                error ->
                    Map.of(
                        "field", error.getField(),
                        "message", String.valueOf(error.getDefaultMessage())))
            .toList();
    return new Answer(
        HttpStatus.BAD_REQUEST,
        "invalid-request",
        "some fields have values that cannot be",
        Map.of("errors", errors));
  }

  private static Answer unknownField(UnrecognizedPropertyException e) {
    return field(e, "is not a field of this request");
  }

  private static Answer unreadableField(DatabindException e) {
    return field(e, ourWords(e.getCause()).orElse(WRONG_KIND));
  }

  /** What our own types say of a value; the words of others tell of our inside. */
  private static Optional<String> ourWords(@Nullable Throwable cause) {
    if (!(cause instanceof IllegalArgumentException || cause instanceof ArithmeticException)) {
      return Optional.empty();
    }
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith(OURS)
        ? Optional.ofNullable(cause.getMessage())
        : Optional.empty();
  }

  private static Answer field(DatabindException e, String message) {
    String path =
        e.getPath().stream()
            .map(
                part ->
                    part.getPropertyName() != null
                        ? part.getPropertyName()
                        : "[" + part.getIndex() + "]")
            .reduce((left, right) -> right.startsWith("[") ? left + right : left + "." + right)
            .orElse("body");
    return new Answer(
        HttpStatus.BAD_REQUEST,
        "invalid-request",
        path + ": " + message,
        Map.of("errors", List.of(Map.of("field", path, "message", message))));
  }

  private static Answer badInput(ServerWebInputException e) {
    if (e.getMethodParameter() == null || find(e, TypeMismatchException.class).isEmpty()) {
      return Answer.of(HttpStatus.BAD_REQUEST, "invalid-request", String.valueOf(e.getReason()));
    }
    String parameter = nameOf(e.getMethodParameter());
    Throwable root = NestedExceptionUtils.getMostSpecificCause(e);
    String message = ourWords(root).orElse(WRONG_KIND);
    return new Answer(
        HttpStatus.BAD_REQUEST,
        "invalid-request",
        parameter + ": " + message,
        Map.of("errors", List.of(Map.of("field", parameter, "message", message))));
  }

  /** As the request names it. */
  private static String nameOf(MethodParameter parameter) {
    RequestHeader header = parameter.getParameterAnnotation(RequestHeader.class);
    return header != null && !header.name().isEmpty()
        ? header.name()
        : String.valueOf(parameter.getParameterName());
  }

  private static Answer byStatus(ResponseStatusException e) {
    HttpStatus status = HttpStatus.valueOf(e.getStatusCode().value());
    return Answer.of(status, slug(status), status.getReasonPhrase());
  }

  private static Answer byProblem(ErrorResponseException e) {
    HttpStatus status = HttpStatus.valueOf(e.getStatusCode().value());
    String type = String.valueOf(e.getBody().getType());
    String detail = Optional.ofNullable(e.getBody().getDetail()).orElse(status.getReasonPhrase());
    return type.startsWith(ProblemWriter.TYPES)
        ? Answer.of(status, type.substring(ProblemWriter.TYPES.length()), detail)
        : Answer.of(status, slug(status), detail);
  }

  private static String slug(HttpStatus status) {
    return status.getReasonPhrase().toLowerCase(java.util.Locale.ROOT).replace(' ', '-');
  }

  private static Answer unexpected(Throwable failure) {
    String id = UUID.randomUUID().toString();
    log.error("Unexpected failure {}", id, failure);
    return new Answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "something went wrong here; the operator finds it under this id",
        Map.of("errorId", id));
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
