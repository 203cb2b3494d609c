package io.tollgate.support.web;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes RFC 9457 problems and counts them; every error response of a service goes through it. */
public final class ProblemWriter {

  static final String TYPES = ProblemPage.PATH + "/";
  private static final int RETRY_AFTER_SECONDS = 2;

  private final JsonMapper mapper;
  private final MeterRegistry meters;

  public ProblemWriter(JsonMapper mapper, MeterRegistry meters) {
    this.mapper = mapper;
    this.meters = meters;
  }

  /** Answers a problem, unless the answer has begun already. */
  public Mono<Void> write(
      ServerWebExchange exchange,
      HttpStatusCode status,
      String slug,
      String detail,
      Map<String, Object> extensions) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted()) {
      return Mono.empty();
    }
    // Reasons are a closed set: the slugs in the code and the names of statuses.
    meters
        .counter(
            "tollgate.requests.refused", "reason", slug, "status", String.valueOf(status.value()))
        .increment();
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", TYPES + slug);
    problem.put("title", slug.replace('-', ' '));
    problem.put("status", status.value());
    problem.put("detail", detail);
    problem.put("instance", exchange.getRequest().getPath().value());
    problem.putAll(extensions);
    response.setStatusCode(status);
    HttpHeaders headers = response.getHeaders();
    headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    if (status.value() == 503
        || status.value() == 429
        || extensions.containsKey(ProblemException.RETRY_AFTER_SECONDS)) {
      Object seconds =
          extensions.getOrDefault(ProblemException.RETRY_AFTER_SECONDS, RETRY_AFTER_SECONDS);
      headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
    if (status.value() == 413 || status.value() == 408) {
      // The rest of the body is not read: nothing more may come on this connection.
      headers.set(HttpHeaders.CONNECTION, "close");
    }
    DataBuffer body = response.bufferFactory().wrap(mapper.writeValueAsBytes(problem));
    headers.setContentLength(body.readableByteCount());
    return response.writeWith(Mono.just(body));
  }
}
