package io.tollgate.support.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Decompresses request bodies with {@code Content-Encoding: gzip} or {@code deflate}; any other
 * coding is answered 415 with the supported ones (RFC 7694).
 *
 * <p>The size limit of a route applies to the decompressed bytes, which are produced as they are
 * read: a zip bomb stops at the limit, with 413. Decompression runs off the event loop, which has
 * other connections to serve. Compressed bytes are limited too, per body and in total. The filter
 * runs after authentication and access rules.
 */
@Order(50)
final class ContentCodings implements WebFilter {

  private static final int CHUNK = 16 * 1024;
  private static final int KIBIBYTE = 1024;

  private final BodyBudget budget;
  private final ProblemWriter writer;

  /**
   * @param max largest packed body
   * @param budget packed bytes in progress at once
   */
  ContentCodings(DataSize max, DataSize budget, ProblemWriter writer) {
    this.budget =
        new BodyBudget(
            Math.toIntExact(budget.toKilobytes()),
            Math.toIntExact(Math.ceilDiv(max.toBytes(), KIBIBYTE)));
    this.writer = writer;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    List<String> header = exchange.getRequest().getHeaders().get(HttpHeaders.CONTENT_ENCODING);
    if (header == null) {
      return chain.filter(exchange);
    }
    List<String> names = names(header);
    if (names.isEmpty()) {
      return chain.filter(exchange);
    }
    Optional<ContentCoding> coding =
        names.size() == 1 ? ContentCoding.named(names.getFirst()) : Optional.empty();
    return coding
        .map(known -> unpacked(exchange, known, chain))
        .orElseGet(() -> refuse(exchange, String.join(", ", names)));
  }

  /** Without {@code identity}, which is none. */
  private static List<String> names(List<String> header) {
    List<String> names = new ArrayList<>();
    for (String line : header) {
      for (String part : line.split(",")) {
        String name = part.strip();
        if (!name.isEmpty() && !name.equalsIgnoreCase("identity")) {
          names.add(name);
        }
      }
    }
    return names;
  }

  private Mono<Void> refuse(ServerWebExchange exchange, String names) {
    exchange.getResponse().getHeaders().set(HttpHeaders.ACCEPT_ENCODING, ContentCoding.ACCEPTED);
    return writer.write(
        exchange,
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "unsupported-content-encoding",
        "Content-Encoding '" + names + "' is not supported; use gzip, deflate or identity",
        Map.of());
  }

  private Mono<Void> unpacked(
      ServerWebExchange exchange, ContentCoding coding, WebFilterChain chain) {
    ServerHttpRequest packed = exchange.getRequest();
    return Mono.using(
        () -> budget.take(packed.getHeaders().getContentLength()),
        share ->
            chain.filter(exchange.mutate().request(new Unpacked(packed, coding, share)).build()),
        BodyBudget.Share::release);
  }

  /** The request as if its body had not been packed; how long that is, is not known. */
  private final class Unpacked extends ServerHttpRequestDecorator {

    private final HttpHeaders headers;
    private final ContentCoding coding;
    private final BodyBudget.Share share;

    Unpacked(ServerHttpRequest packed, ContentCoding coding, BodyBudget.Share share) {
      super(packed);
      this.coding = coding;
      this.share = share;
      this.headers = new HttpHeaders();
      this.headers.putAll(packed.getHeaders());
      this.headers.remove(HttpHeaders.CONTENT_ENCODING);
      this.headers.remove(HttpHeaders.CONTENT_LENGTH);
    }

    @Override
    public HttpHeaders getHeaders() {
      return headers;
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return DataBufferUtils.join(super.getBody().map(share::add), budget.maxBody())
          .map(Unpacked::bytes)
          .publishOn(Schedulers.boundedElastic())
          .flatMapMany(
              packed ->
                  DataBufferUtils.readInputStream(
                      () -> coding.unpack(packed), DefaultDataBufferFactory.sharedInstance, CHUNK));
    }

    private static byte[] bytes(DataBuffer buffer) {
      byte[] bytes = new byte[buffer.readableByteCount()];
      buffer.read(bytes);
      DataBufferUtils.release(buffer);
      return bytes;
    }
  }
}
