package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Tells live streams of this process which inboxes got something. A hint only: a lost one costs a
 * stream its next poll.
 */
@Component
class MessageSignals {

  private final Sinks.Many<Set<AccountId>> arrivals = Sinks.many().multicast().directBestEffort();

  /** These inboxes got a message; called after the commit. */
  synchronized void arrived(Collection<AccountId> accounts) {
    var unused = arrivals.tryEmitNext(new HashSet<>(accounts));
  }

  /** Something for each time the account's inbox got a message. */
  Flux<AccountId> of(AccountId account) {
    return arrivals.asFlux().filter(accounts -> accounts.contains(account)).map(each -> account);
  }
}
