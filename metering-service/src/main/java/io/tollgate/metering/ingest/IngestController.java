package io.tollgate.metering.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.metering.MeteringSettings;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.log.EventProducer;
import io.tollgate.metering.topology.LiveEvents;
import io.tollgate.model.event.WireMapper;
import io.tollgate.support.FaultPoint;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.BodyBudget;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Takes usage events: CloudEvents structured, binary and batched, plain JSON arrays, NDJSON.
 *
 * <p>Reading bodies is reactive. Small ones are taken apart where they were read, and their events
 * share records of the log; with large ones all of it happens on virtual threads. The bytes in
 * progress are bounded: more is answered 429.
 */
@RestController
final class IngestController implements DisposableBean {

  /** A body of so many KiB is small: to take it apart costs less than to change the thread. */
  private static final int SMALL_KIB = 8;

  /** How many of the events wait for an instance that nobody has registered yet. */
  private static final String WAITING = "Tollgate-Waiting";

  private static final int MAX_LISTED = 1_000;
  private static final Duration BODY_TIMEOUT = Duration.ofSeconds(30);

  private final MeteringSettings settings;
  private final BusinessClock clock;
  private final EventProducer producer;
  private final LiveEvents live;
  private final PlatformRates rates;
  private final BodyBudget budget;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Scheduler scheduler = Schedulers.fromExecutorService(threads);
  private final IngestMeters meters;

  IngestController(
      MeteringSettings settings,
      BusinessClock clock,
      EventProducer producer,
      LiveEvents live,
      PlatformRates rates,
      MeterRegistry meters) {
    this.settings = settings;
    this.clock = clock;
    this.producer = producer;
    this.live = live;
    this.rates = rates;
    this.budget =
        new BodyBudget(
            Math.toIntExact(settings.bodyBudget().toKilobytes()),
            Math.toIntExact(settings.maxBody().toKilobytes()));
    this.meters = new IngestMeters(meters);
  }

  @PostMapping("/api/v1/events")
  Mono<ResponseEntity<String>> post(ServerHttpRequest request, Caller caller) {
    rates.admit(caller.subject());
    BodyBudget.Share share = budget.take(request.getHeaders().getContentLength());
    Mono<byte[]> body =
        DataBufferUtils.join(request.getBody().map(share::add), budget.maxBody())
            .timeout(BODY_TIMEOUT, Mono.error(IngestController::tooSlow))
            .map(IngestController::bytes)
            .defaultIfEmpty(new byte[0]);
    boolean small = share.isAtMost(SMALL_KIB);
    return (small ? body : body.publishOn(scheduler))
        .flatMap(
            read ->
                take(
                    caller.subject(),
                    request.getHeaders(),
                    read,
                    small
                        ? events -> producer.appendTogether(caller.subject(), events)
                        : events -> appended(caller.subject(), events)))
        .doFinally(signal -> share.release());
  }

  private CompletableFuture<Void> appended(String platform, List<UsageEvent> events) {
    producer.append(platform, events);
    return CompletableFuture.completedFuture(null);
  }

  private static ProblemException tooSlow() {
    return new ProblemException(
        HttpStatus.REQUEST_TIMEOUT, "too-slow", "the body did not arrive within " + BODY_TIMEOUT);
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  /** How events come into the log; the future may fail as the call itself. */
  private interface Appending extends Function<List<UsageEvent>, CompletableFuture<Void>> {}

  private Mono<ResponseEntity<String>> take(
      String platform, HttpHeaders headers, byte[] body, Appending appending) {
    Instant now = clock.now();
    PostedEvents posted =
        new PostedEvents(
            now,
            now.minus(settings.acceptance()).plus(settings.ingestMargin()),
            now.plus(settings.future()));
    try {
      boolean lines = !BinaryMode.isUsed(headers) && isLines(headers);
      List<PostedEvents.Item> items = items(posted, headers, body, lines);
      rates.charge(platform, items.size());
      return lines ? lines(items, appending) : batch(items, appending);
    } catch (PostedEvents.UnreadableBodyException e) {
      throw new ProblemException(
          HttpStatus.BAD_REQUEST, "malformed-body", String.valueOf(e.getMessage()));
    }
  }

  private static List<PostedEvents.Item> items(
      PostedEvents posted, HttpHeaders headers, byte[] body, boolean lines) {
    if (BinaryMode.isUsed(headers)) {
      return posted.json(BinaryMode.structured(headers, body));
    }
    return lines ? posted.lines(body) : posted.json(body);
  }

  private static boolean isLines(HttpHeaders headers) {
    MediaType type = headers.getContentType();
    return type != null
        && "application".equals(type.getType())
        && List.of("x-ndjson", "ndjson", "jsonl").contains(type.getSubtype());
  }

  private Mono<ResponseEntity<String>> batch(List<PostedEvents.Item> items, Appending appending) {
    List<PostedEvents.Item> bad =
        items.stream().filter(item -> item.reading() instanceof Reading.Refused).toList();
    if (!bad.isEmpty()) {
      meters.rejected(items.size());
      throw new ProblemException(
          HttpStatus.BAD_REQUEST,
          "bad-events",
          bad.size() + " of " + items.size() + " events are invalid; none was accepted",
          Map.of(
              "errors",
              bad.stream()
                  .limit(MAX_LISTED)
                  .map(item -> Map.of("index", item.index(), "message", reason(item)))
                  .toList(),
              "indexes",
              bad.stream().map(PostedEvents.Item::index).toList()));
    }
    HttpHeaders waiting = waiting(items);
    return append(items, appending).thenReturn(ResponseEntity.noContent().headers(waiting).build());
  }

  private Mono<ResponseEntity<String>> lines(List<PostedEvents.Item> items, Appending appending) {
    HttpHeaders waiting = waiting(items);
    return append(items, appending).then(Mono.fromSupplier(() -> lines(items, waiting)));
  }

  /** Looked up before the events are appended: what follows that must not block. */
  private HttpHeaders waiting(List<PostedEvents.Item> items) {
    HttpHeaders headers = new HttpHeaders();
    live.waiting(events(items))
        .ifPresent(waiting -> headers.set(WAITING, Integer.toString(waiting)));
    return headers;
  }

  private static ResponseEntity<String> lines(List<PostedEvents.Item> items, HttpHeaders waiting) {
    StringBuilder answer = new StringBuilder(items.size() * 40);
    for (PostedEvents.Item item : items) {
      answer.append("{\"line\":").append(item.index());
      switch (item.reading()) {
        case Reading.Read read -> answer.append(",\"status\":\"accepted\"}\n");
        case Reading.Refused bad ->
            answer
                .append(",\"status\":\"refused\",\"message\":")
                .append(WireMapper.mapper().writeValueAsString(bad.reason()))
                .append("}\n");
      }
    }
    return ResponseEntity.ok()
        .headers(waiting)
        .contentType(new MediaType("application", "x-ndjson", StandardCharsets.UTF_8))
        .body(answer.toString());
  }

  private Mono<Void> append(List<PostedEvents.Item> items, Appending appending) {
    List<UsageEvent> events = events(items);
    long started = System.nanoTime();
    return Mono.fromFuture(appending.apply(events))
        .doOnSuccess(
            done -> {
              FaultPoint.METERING_AFTER_APPEND.reach();
              meters.accepted(events.size(), System.nanoTime() - started);
              meters.rejected(items.size() - events.size());
            });
  }

  private static List<UsageEvent> events(List<PostedEvents.Item> items) {
    return items.stream()
        .map(PostedEvents.Item::reading)
        .filter(Reading.Read.class::isInstance)
        .map(reading -> ((Reading.Read) reading).event())
        .toList();
  }

  private static String reason(PostedEvents.Item item) {
    return item.reading() instanceof Reading.Refused bad ? bad.reason() : "";
  }

  @Override
  public void destroy() {
    scheduler.dispose();
    threads.shutdown();
  }
}
