package io.tollgate.notification.inbox;

import io.tollgate.model.AccountId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.email.EmailProperties;
import io.tollgate.notification.notice.NoticeKind;
import io.tollgate.notification.notice.NoticeMetrics;
import io.tollgate.store.jdbc.AfterCommit;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.store.webhook.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/**
 * Puts notices into inboxes, each into each once, whatever is repeated (section 14).
 *
 * <p>Inside the caller's transaction. E-mails to the account's contacts, and its webhook, are
 * queued with it and never hold it up.
 */
@Component
public class Inbox {

  private final JdbcInboxRepository repository;
  private final Outbox outbox;
  private final EmailProperties mail;
  private final NoticeMetrics metrics;
  private final MessageSignals signals;
  private final Webhooks webhooks;

  Inbox(
      JdbcInboxRepository repository,
      Outbox outbox,
      EmailProperties mail,
      NoticeMetrics metrics,
      MessageSignals signals,
      Webhooks webhooks) {
    this.repository = repository;
    this.outbox = outbox;
    this.mail = mail;
    this.metrics = metrics;
    this.signals = signals;
    this.webhooks = webhooks;
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
    JdbcInboxRepository.About about = repository.about(notice, delivered);
    about
        .correlation()
        .ifPresent(
            asked ->
                outbox.append(
                    delivered.stream()
                        .map(account -> told(notice, account, asked, about.rule(), at))
                        .toList()));
    about.webhooks().forEach(account -> queue(notice, account, about, at));
    Duration waited = Duration.between(since, at);
    AfterCommit.run(
        () -> {
          metrics.delivered(about.kind(), delivered.size(), waited);
          signals.arrived(delivered);
        });
    return delivered.size();
  }

  private void queue(
      NoticeId notice, AccountId account, JdbcInboxRepository.About about, Instant at) {
    Map<String, Object> data = new TreeMap<>();
    data.put("account", account);
    data.put("notice", notice);
    data.put("kind", about.kind());
    data.put("rule", about.rule());
    about.subject().ifPresent(subject -> data.put("subject", subject));
    data.put("texts", about.texts());
    webhooks.queue(
        new Webhooks.Message(
            account.value(), account, notice.value(), type(about.kind()), at, data));
  }

  /** E.g. {@code tollgate.notice.bill-ready.v1}. */
  private static String type(NoticeKind kind) {
    return "tollgate.notice." + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".v1";
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
