package io.tollgate.support.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;
import org.springframework.web.server.WebFilterChain;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bodies whose length is not said hold of the common bound what has come of them. */
class ContentCodingsTest {

  private static final int CHUNK = 10 * 1024;
  private static final WebFilterChain GOES_ON_FOR_EVER = exchange -> Mono.never();

  private static final WebFilterChain READS =
      exchange -> exchange.getRequest().getBody().doOnNext(DataBufferUtils::release).then();

  /** Unknown lengths begin with 64 KiB each: four at once. */
  private final ContentCodings codings =
      new ContentCodings(
          DataSize.ofMegabytes(1),
          DataSize.ofKilobytes(256),
          new ProblemWriter(HttpMapper.create(), new SimpleMeterRegistry(), Set.of()));

  /** What cannot be packed any further, so that it stays as long. */
  private static byte[] packed(int length) throws IOException {
    byte[] bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static Flux<DataBuffer> chunks(byte[] bytes) {
    return Flux.range(0, Math.ceilDiv(bytes.length, CHUNK))
        .map(
            i ->
                DefaultDataBufferFactory.sharedInstance.wrap(
                    Arrays.copyOfRange(bytes, i * CHUNK, Math.min(bytes.length, (i + 1) * CHUNK))));
  }

  private Mono<Void> posted(byte[] body, WebFilterChain chain) {
    MockServerHttpRequest request =
        MockServerHttpRequest.post("/v1/accounts")
            .header(HttpHeaders.CONTENT_ENCODING, "gzip")
            .body(chunks(body));
    return Mono.defer(() -> codings.filter(MockServerWebExchange.from(request), chain));
  }

  private void assertNoneIsTaken(byte[] body) {
    assertThatThrownBy(() -> posted(body, READS).block())
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.slug()).isEqualTo("too-many-bytes"));
  }

  @Test
  void fewSmallBodiesOfUnknownLengthLeaveRoomForOthers() throws IOException {
    byte[] small = packed(100);
    Disposable first = posted(small, GOES_ON_FOR_EVER).subscribe();
    for (int i = 2; i <= 3; i++) {
      assertThat(posted(small, GOES_ON_FOR_EVER).subscribe().isDisposed()).isFalse();
    }
    posted(small, READS).block();
    assertThat(posted(small, GOES_ON_FOR_EVER).subscribe().isDisposed()).isFalse();

    assertNoneIsTaken(small);
    first.dispose();
    posted(small, READS).block();
  }

  /** 200 KiB take 64, then 128, then all 256. */
  @Test
  void aBodyTakesMoreAsItGrowsAndGivesItBack() throws IOException {
    byte[] large = packed(200 * 1024);
    posted(large, READS).block();
    posted(large, READS).block();
    Disposable held = posted(packed(100), GOES_ON_FOR_EVER).subscribe();

    assertNoneIsTaken(large);
    held.dispose();
    posted(large, READS).block();
  }
}
