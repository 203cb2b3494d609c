package io.tollgate.support.web;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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
  private final Map<String, Counter> rejected = new HashMap<>();
  private final Counter unnamed;

  /**
   * A writer that counts what it writes.
   *
   * @param types of problems there are; others are counted together
   */
  public ProblemWriter(JsonMapper mapper, MeterRegistry meters, Set<String> types) {
    this.mapper = mapper;
    this.unnamed = counter(meters, "other");
    types.forEach(type -> rejected.put(type, counter(meters, type)));
  }

  private static Counter counter(MeterRegistry meters, String reason) {
    return Counter.builder("tollgate_requests_rejected")
        .description("Requests answered with a problem, by its type")
        .tag("reason", reason)
        .register(meters);
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
    rejected.getOrDefault(slug, unnamed).increment();
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
