package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Tells live streams of this process which inboxes got something. A hint only: a lost one costs a
 * stream its next poll. Stops before the server does, so that open streams do not hold it up.
 */
@Component
class MessageSignals implements SmartLifecycle {

  private final Sinks.Many<Set<AccountId>> arrivals = Sinks.many().multicast().directBestEffort();
  private volatile Sinks.Empty<Void> closing = Sinks.empty();
  private volatile boolean running;

  /** These inboxes got a message; called after the commit. */
  synchronized void arrived(Collection<AccountId> accounts) {
    var unused = arrivals.tryEmitNext(new HashSet<>(accounts));
  }

  /** Something for each time the account's inbox got a message. */
  Flux<AccountId> of(AccountId account) {
    return arrivals.asFlux().filter(accounts -> accounts.contains(account)).map(each -> account);
  }

  /** Ends when this service stops. */
  Mono<Void> closing() {
    return closing.asMono();
  }

  @Override
  public void start() {
    closing = Sinks.empty();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    var unused = closing.tryEmitEmpty();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
