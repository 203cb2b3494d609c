package io.tollgate.account.platforms;

import io.tollgate.model.PlatformId;
import io.tollgate.support.web.Blocking;
import io.tollgate.support.web.Closing;
import io.tollgate.support.web.Page;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Requests that wait until there is something to answer, without holding a thread. How many wait at
 * once is bounded, of each platform and in all; one too many is answered at once, and all are when
 * the service stops.
 */
@Component
class LongPolls {

  /** The longest wait, in seconds. */
  static final int MAX_SECONDS = 30;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MAX_WAITING = 100;
  private static final int MAX_OF_PLATFORM = 4;

  private final ConcurrentHashMap<PlatformId, Integer> waiting = new ConcurrentHashMap<>();
  private final AtomicInteger inAll = new AtomicInteger();
  private final Closing closing;

  LongPolls(Closing closing) {
    this.closing = closing;
  }

  /** The first page that is not empty, or an empty one when the wait is over. */
  <T> Mono<Page<T>> firstOf(PlatformId platform, Duration wait, Supplier<Page<T>> read) {
    Mono<Page<T>> once = Blocking.call(read::get);
    if (wait.isZero()) {
      return once;
    }
    return Mono.defer(() -> enters(platform) ? waited(platform, wait, once) : once);
  }

  private <T> Mono<Page<T>> waited(PlatformId platform, Duration wait, Mono<Page<T>> once) {
    return Flux.interval(Duration.ZERO, POLL)
        .onBackpressureDrop()
        .concatMap(tick -> once, 1)
        .filter(page -> !page.items().isEmpty())
        .takeUntilOther(Mono.firstWithSignal(Mono.delay(wait).then(), closing.signal()))
        .next()
        .switchIfEmpty(once)
        .doFinally(end -> leave(platform));
  }

  private boolean enters(PlatformId platform) {
    int own = waiting.merge(platform, 1, Integer::sum);
    if (inAll.incrementAndGet() > MAX_WAITING || own > MAX_OF_PLATFORM) {
      leave(platform);
      return false;
    }
    return true;
  }

  private void leave(PlatformId platform) {
    inAll.decrementAndGet();
    waiting.computeIfPresent(platform, (key, count) -> count > 1 ? count - 1 : null);
  }
}
