package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import io.tollgate.notification.notice.Language;
import io.tollgate.support.web.Blocking;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Closing;
import io.tollgate.support.web.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/**
 * New messages of an account as server-sent events, their ids the messages' numbers.
 *
 * <p>A stream ends by itself after a while, so that no credential outlives its expiry for long;
 * clients reconnect with {@code Last-Event-ID} and miss nothing. Streams per account and in all are
 * bounded, below what the service takes of requests at once.
 */
@RestController
class MessageStreamController {

  private static final Duration POLL = Duration.ofSeconds(5);
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MAX_STREAMS = 200;
  private static final int MAX_STREAMS_OF_ACCOUNT = 5;
  private static final int SLICE = 100;

  private final JdbcInboxRepository repository;
  private final MessageSignals signals;
  private final Closing closing;
  private final ConcurrentHashMap<AccountId, Integer> open = new ConcurrentHashMap<>();
  private final AtomicLong openInAll = new AtomicLong();

  MessageStreamController(JdbcInboxRepository repository, MessageSignals signals, Closing closing) {
    this.repository = repository;
    this.signals = signals;
    this.closing = closing;
  }

  @GetMapping(
      path = "/v1/accounts/{account}/messages/stream",
      produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<ServerSentEvent<MessageView>> stream(
      Caller caller,
      @PathVariable AccountId account,
      @RequestParam Optional<String> language,
      @RequestHeader(name = "Last-Event-ID") Optional<Long> lastEventId) {
    AccountId own = caller.boundTo().orElse(account);
    Optional<Language> asked = ShownLanguage.asked(language);
    return Flux.defer(
        () -> {
          enter(own);
          return Blocking.call(() -> start(own, asked, lastEventId))
              .flatMapMany(position -> follow(own, position))
              .doFinally(end -> leave(own));
        });
  }

  /** Where a stream is, and in which language it speaks. */
  private record Position(AtomicLong last, Language language) {}

  private Position start(AccountId account, Optional<Language> asked, Optional<Long> lastEventId) {
    long last = lastEventId.orElseGet(() -> repository.lastNumber(account));
    return new Position(
        new AtomicLong(last),
        asked.orElseGet(() -> ShownLanguage.ofContact(repository.language(account))));
  }

  private Flux<ServerSentEvent<MessageView>> follow(AccountId account, Position position) {
    Flux<ServerSentEvent<MessageView>> messages =
        Flux.merge(signals.of(account), Flux.interval(Duration.ZERO, POLL).map(tick -> account))
            .onBackpressureLatest()
            .concatMap(
                hint ->
                    Blocking.call(() -> next(account, position)).flatMapIterable(found -> found),
                1);
    Flux<ServerSentEvent<MessageView>> keepAlive =
        Flux.interval(Duration.ZERO, KEEP_ALIVE)
            .onBackpressureDrop()
            .map(tick -> ServerSentEvent.<MessageView>builder().comment("keep-alive").build());
    return Flux.merge(keepAlive, messages).take(LIFE).takeUntilOther(closing.signal());
  }

  private List<ServerSentEvent<MessageView>> next(AccountId account, Position position) {
    List<Message> found = repository.messagesAfter(account, position.last().get(), SLICE);
    if (!found.isEmpty()) {
      position.last().set(found.getLast().number());
    }
    return found.stream()
        .map(
            message ->
                ServerSentEvent.builder(MessageView.of(message, position.language()))
                    .id(Long.toString(message.number()))
                    .event("message")
                    .build())
        .toList();
  }

  private void enter(AccountId account) {
    if (openInAll.incrementAndGet() > MAX_STREAMS) {
      openInAll.decrementAndGet();
      throw refused();
    }
    if (open.merge(account, 1, Integer::sum) > MAX_STREAMS_OF_ACCOUNT) {
      leave(account);
      throw refused();
    }
  }

  private void leave(AccountId account) {
    openInAll.decrementAndGet();
    open.computeIfPresent(account, (key, count) -> count > 1 ? count - 1 : null);
  }

  private static ProblemException refused() {
    return new ProblemException(
        HttpStatus.TOO_MANY_REQUESTS, "too-many-streams", "too many streams are open");
  }
}
