package io.tollgate.notification.trigger;

import static io.tollgate.model.Instants.later;

import io.tollgate.model.Hashes;
import io.tollgate.model.NoticeId;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.notification.inbox.Inbox;
import io.tollgate.notification.notice.Audience;
import io.tollgate.notification.notice.JdbcNoticeRepository;
import io.tollgate.notification.notice.NewNotice;
import io.tollgate.notification.notice.NoticeDraft;
import io.tollgate.notification.notice.Texts;
import io.tollgate.support.time.BusinessClock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Creates the notice of an event and delivers it, once per event id.
 *
 * <p>The delivery time is the later of the event's effect and the business clock: a notice is never
 * backdated, so a late warning counts as late (C4.1.5).
 */
@Component
class EventNotices {

  /** 128 bits of a hash. */
  private static final int NOTICE_DIGITS = 32;

  private final Templates templates = new Templates();
  private final JdbcNoticeRepository notices;
  private final Inbox inbox;
  private final BusinessClock clock;

  EventNotices(JdbcNoticeRepository notices, Inbox inbox, BusinessClock clock) {
    this.notices = notices;
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Publishes the notice of an event to its account, which is locked. */
  void publish(EventEnvelope<?> event, NoticeOccasion occasion) {
    NoticeId id = noticeId(event.id());
    Instant at = later(occasion.at(), clock.now());
    Texts texts = templates.render(occasion.kind(), language -> occasion.values());
    NoticeDraft draft =
        new NoticeDraft(
            occasion.kind(),
            Optional.empty(),
            new Audience.Accounts(Set.of(occasion.account())),
            occasion.effectAt(),
            Optional.empty(),
            false,
            texts);
    boolean fresh =
        notices.insert(
            new NewNotice(
                id,
                Optional.of(event.id()),
                occasion.rule(),
                occasion.leadDays(),
                occasion.correlation(),
                event.traceparent(),
                at,
                event.source(),
                draft));
    if (fresh) {
      inbox.deliver(id, List.of(occasion.account()), occasion.at(), at);
    }
  }

  /** The notice of an event: an event that is published twice is one notice. */
  static NoticeId noticeId(String eventId) {
    return NoticeId.of("n-" + Hashes.sha256(eventId, NOTICE_DIGITS));
  }
}
