package io.tollgate.notification.trigger;

import static io.tollgate.model.Instants.later;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.NoticeId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.notification.directory.JdbcDirectory;
import io.tollgate.notification.inbox.Inbox;
import io.tollgate.notification.notice.JdbcNoticeRepository;
import io.tollgate.store.consumer.Received;
import io.tollgate.support.time.BusinessClock;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Maintains the directory of accounts and instances, and notifies accounts of events of the account
 * service (section 14).
 */
@Component
class NotifyOfAccounts {

  private final EventNotices notices;
  private final JdbcNoticeRepository published;
  private final JdbcDirectory directory;
  private final Inbox inbox;
  private final BusinessClock clock;
  private final BillingCalendar calendar;

  NotifyOfAccounts(
      EventNotices notices,
      JdbcNoticeRepository published,
      JdbcDirectory directory,
      Inbox inbox,
      BusinessClock clock,
      BillingCalendar calendar) {
    this.notices = notices;
    this.published = published;
    this.directory = directory;
    this.inbox = inbox;
    this.clock = clock;
    this.calendar = calendar;
  }

  /** Handles events of accounts, in the order of the log. */
  void handle(List<Received<EventEnvelope<AccountEvent>>> received) {
    List<EventEnvelope<AccountEvent>> events = received.stream().map(Received::value).toList();
    inbox.lock(
        events.stream()
            .map(event -> event.data().account())
            .collect(Collectors.toCollection(TreeSet::new)));
    for (EventEnvelope<AccountEvent> event : events) {
      register(event.data());
      NoticeOccasion.of(event.data(), calendar)
          .ifPresent(occasion -> notices.publish(event, occasion));
    }
  }

  private void register(AccountEvent event) {
    switch (event) {
      case AccountEvent.AccountOpened opened -> open(opened);
      case AccountEvent.InstanceRegistered e -> begin(e);
      case AccountEvent.InstanceReleased e -> directory.released(e.account(), e.instance(), e.at());
      case AccountEvent.AccountClosed e -> {}
      case AccountEvent.InstanceStateChanged e -> {}
      case AccountEvent.SuspensionScheduled e -> {}
      case AccountEvent.DeletionScheduled e -> {}
      case AccountEvent.DeletionCancelled e -> {}
      case AccountEvent.HoldPlaced e -> {}
      case AccountEvent.HoldLifted e -> {}
      case AccountEvent.CommandIssued e -> {}
      case AccountEvent.CommandAcknowledged e -> {}
    }
  }

  /**
   * An account opened later sees what is announced, at its opening; the gates do not wait for it.
   */
  private void open(AccountEvent.AccountOpened event) {
    directory.opened(event.account(), event.at());
    published.holdPublications();
    Instant at = deliveredAt(event);
    show(published.forNewAccounts(at), event.account(), at);
  }

  /** Whoever begins to use a product sees what is announced to its users. */
  private void begin(AccountEvent.InstanceRegistered event) {
    directory.registered(event.account(), event.instance(), event.product());
    published.holdPublications();
    Instant at = deliveredAt(event);
    show(published.forNewUsers(event.product(), at), event.account(), at);
  }

  private Instant deliveredAt(AccountEvent event) {
    return later(event.at(), clock.now());
  }

  private void show(List<NoticeId> notices, AccountId account, Instant at) {
    notices.forEach(notice -> inbox.deliver(notice, List.of(account), at, at));
  }
}
