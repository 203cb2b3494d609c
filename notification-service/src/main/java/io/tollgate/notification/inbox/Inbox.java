package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.email.EmailProperties;
import io.tollgate.notification.notice.NoticeMetrics;
import io.tollgate.store.jdbc.AfterCommit;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Puts notices into inboxes, each into each once, whatever is repeated (section 14).
 *
 * <p>Inside the caller's transaction. E-mails to the account's contacts are queued with it and
 * never hold it up.
 */
@Component
public class Inbox {

  private final JdbcInboxRepository repository;
  private final Outbox outbox;
  private final EmailProperties mail;
  private final NoticeMetrics metrics;
  private final MessageSignals signals;

  Inbox(
      JdbcInboxRepository repository,
      Outbox outbox,
      EmailProperties mail,
      NoticeMetrics metrics,
      MessageSignals signals) {
    this.repository = repository;
    this.outbox = outbox;
    this.mail = mail;
    this.metrics = metrics;
    this.signals = signals;
  }

  /**
   * Locks the accounts in key order, making rows for those not known yet. Call it before anything
   * is delivered.
   */
  public void lock(Collection<AccountId> accounts) {
    repository.lock(accounts);
  }

  /**
   * Delivers a notice to locked accounts; those that have it keep the one they have.
   *
   * @param since business instant at which there was something to be delivered
   * @param at business instant of the delivery
   * @return how many did not have it before
   */
  public int deliver(NoticeId notice, Collection<AccountId> accounts, Instant since, Instant at) {
    List<AccountId> delivered = repository.deliver(notice, accounts, at, mail.domain());
    if (delivered.isEmpty()) {
      return 0;
    }
    JdbcInboxRepository.About about = repository.about(notice);
    about
        .correlation()
        .ifPresent(
            asked ->
                outbox.append(
                    delivered.stream()
                        .map(account -> told(notice, account, asked, about.rule(), at))
                        .toList()));
    Duration waited = Duration.between(since, at);
    AfterCommit.run(
        () -> {
          metrics.delivered(about.kind(), delivered.size(), waited);
          signals.arrived(delivered);
        });
    return delivered.size();
  }

  private static OutboxMessage told(
      NoticeId notice, AccountId account, String asked, RuleId rule, Instant at) {
    return OutboxMessage.event(
        Topics.NOTICE_EVENTS,
        account,
        NoticeEvent.CODEC,
        "delivered-" + notice + "-" + account,
        at,
        new NoticeEvent.NoticeDelivered(notice, account, Optional.of(asked), at, rule));
  }
}
