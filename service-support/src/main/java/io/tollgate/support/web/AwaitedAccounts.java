package io.tollgate.support.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tollgate.model.AccountId;
import io.tollgate.model.Identifiers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Lets a request about an account that was just opened wait until this service has received it, at
 * most 2 s and without occupying a thread.
 *
 * <p>Accounts are opened at the account service and become known here through its event. Until then
 * this service cannot tell whether an account exists; a request that has waited in vain is told so,
 * with a Retry-After. It waits before its transaction, so that it holds no connection. A service
 * that keeps accounts imports this filter and says which it knows.
 */
@Order(110)
public final class AwaitedAccounts implements WebFilter {

  private static final String ROUTES = "/v1/accounts/";
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int PAUSES = 20;
  private static final int MOST_WAITING = 64;
  private static final int REMEMBERED = 100_000;

  private final KnownAccounts accounts;
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private final AtomicInteger waiting = new AtomicInteger();

  AwaitedAccounts(KnownAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String account = accountOf(exchange.getRequest().getPath().pathWithinApplication().value());
    // An account is never forgotten: only one that is new here is looked for.
    if (!Identifiers.isValid(account) || known.getIfPresent(account) != null) {
      return chain.filter(exchange);
    }
    return heardOf(AccountId.of(account))
        .switchIfEmpty(Mono.error(() -> ProblemException.notYetKnown(AccountId.of(account))))
        .then(Mono.defer(() -> chain.filter(exchange)));
  }

  /** The account of the route; empty when it is about none. */
  private static String accountOf(String path) {
    if (!path.startsWith(ROUTES)) {
      return "";
    }
    int end = path.indexOf('/', ROUTES.length());
    return end < 0 ? "" : path.substring(ROUTES.length(), end);
  }

  /** True once it is known; empty when that takes too long. */
  private Mono<Boolean> heardOf(AccountId account) {
    Mono<Boolean> look =
        Blocking.call(() -> accounts.knows(account))
            .filter(isKnown -> isKnown)
            .doOnNext(isKnown -> known.put(account.value(), isKnown));
    return look.switchIfEmpty(Mono.defer(() -> wait(look)));
  }

  private Mono<Boolean> wait(Mono<Boolean> look) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      return Mono.empty();
    }
    // Ends after the last look has answered: take() would end while it still runs.
    return look.repeatWhenEmpty(
            times -> times.takeWhile(time -> time < PAUSES).delayElements(PAUSE))
        .doFinally(signal -> waiting.decrementAndGet());
  }
}
