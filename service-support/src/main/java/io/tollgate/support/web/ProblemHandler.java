package io.tollgate.support.web;

import io.netty.handler.timeout.ReadTimeoutException;
import io.tollgate.model.AmountOutOfBoundsException;
import io.tollgate.support.failure.Causes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.codec.CodecException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/**
 * Maps every exception of a request to a problem that helps its author and reveals no internals.
 */
@Order(-2)
public final class ProblemHandler implements WebExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

  /** How Spring begins to say that a body is missing; any other that it cannot decode is there. */
  private static final String NO_BODY = "No request body";

  private final ProblemWriter writer;
  private final List<FailureMeaning> meanings;

  /**
   * Answers with these problems.
   *
   * @param meanings of failures that only who uses a technology can tell
   */
  public ProblemHandler(ProblemWriter writer, List<FailureMeaning> meanings) {
    this.writer = writer;
    this.meanings = List.copyOf(meanings);
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

  private Answer answer(Throwable failure) {
    return find(failure, ProblemException.class)
        .map(refusal -> of(UnreadableRequests.placed(refusal, failure)))
        .or(() -> find(failure, DataBufferLimitException.class).map(e -> tooLarge()))
        .or(() -> find(failure, ReadTimeoutException.class).map(e -> tooSlow()))
        .or(() -> find(failure, WebExchangeBindException.class).map(ProblemHandler::invalidFields))
        .or(() -> find(failure, DatabindException.class).map(e -> of(UnreadableRequests.field(e))))
        .or(() -> find(failure, JacksonException.class).map(e -> of(UnreadableRequests.body(e))))
        .or(() -> find(failure, CodecException.class).map(ProblemHandler::undecoded))
        .or(() -> find(failure, AmountOutOfBoundsException.class).map(ProblemHandler::tooMuch))
        .or(() -> known(failure))
        .or(() -> find(failure, InvalidMediaTypeException.class).map(e -> unknownType()))
        .or(
            () ->
                find(failure, ServerWebInputException.class)
                    .map(e -> of(UnreadableRequests.parameter(e))))
        .or(() -> find(failure, ErrorResponseException.class).map(ProblemHandler::byStatus))
        .orElseGet(() -> unexpected(failure));
  }

  private static Answer of(ProblemException e) {
    return new Answer(e.status(), e.slug(), String.valueOf(e.getMessage()), e.extensions());
  }

  /** What a technology's failure means to the author of the request, where one says so. */
  private Optional<Answer> known(Throwable failure) {
    return meanings.stream()
        .flatMap(meaning -> meaning.of(failure).stream())
        .findFirst()
        .map(ProblemHandler::of);
  }

  private static Answer unknownType() {
    return Answer.of(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "the content type is not supported");
  }

  /** A sum that the request would bring about: what it enters itself was bounded when read. */
  private static Answer tooMuch(AmountOutOfBoundsException e) {
    return Answer.of(
        HttpStatus.UNPROCESSABLE_CONTENT, "amount-out-of-bounds", String.valueOf(e.getMessage()));
  }

  private static Answer tooLarge() {
    return Answer.of(
        HttpStatus.CONTENT_TOO_LARGE, "too-large", "the body exceeds the size limit of this route");
  }

  private static Answer tooSlow() {
    return Answer.of(
        HttpStatus.REQUEST_TIMEOUT, "too-slow", "the request was not received in time");
  }

  private static Answer undecoded(CodecException e) {
    boolean nothing = String.valueOf(e.getMessage()).startsWith(NO_BODY);
    return of(
        UnreadableRequests.malformed(
            nothing ? "the body is empty" : "the body does not match its content type"));
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
        "some fields have invalid values",
        Map.of("errors", errors));
  }

  private static Answer byStatus(ErrorResponseException e) {
    HttpStatus status = HttpStatus.valueOf(e.getStatusCode().value());
    return Answer.of(status, slug(status), status.getReasonPhrase());
  }

  private static String slug(HttpStatus status) {
    return status.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static Answer unexpected(Throwable failure) {
    String id = UUID.randomUUID().toString();
    log.error("Unexpected failure {}", id, failure);
    return new Answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        "internal-error",
        "internal error; report this id to the operator",
        Map.of("errorId", id));
  }

  private static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    return Causes.find(failure, type);
  }
}
