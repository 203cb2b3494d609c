package io.tollgate.notification.trigger;

import io.tollgate.model.NoticeId;
import io.tollgate.notification.inbox.Inbox;
import io.tollgate.notification.notice.Audience;
import io.tollgate.notification.notice.JdbcNoticeRepository;
import io.tollgate.notification.notice.NewNotice;
import io.tollgate.notification.notice.NoticeDraft;
import io.tollgate.notification.notice.Texts;
import io.tollgate.support.time.BusinessClock;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Makes a notice of an event and delivers it, once for each event id.
 *
 * <p>Delivered at the later of the event's effect and the business clock: never backdated, so that
 * a late warning counts as late (C4.1.5).
 */
@Component
class EventNotices {

  private final Templates templates = new Templates();
  private final JdbcNoticeRepository notices;
  private final Inbox inbox;
  private final BusinessClock clock;

  EventNotices(JdbcNoticeRepository notices, Inbox inbox, BusinessClock clock) {
    this.notices = notices;
    this.inbox = inbox;
    this.clock = clock;
  }

  /** Tells the account, which is locked. */
  void tell(String eventId, NoticeOccasion occasion, String source) {
    NoticeId id = noticeId(eventId);
    Instant now = clock.now();
    Instant at = occasion.at().isAfter(now) ? occasion.at() : now;
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
                Optional.of(eventId),
                occasion.rule(),
                occasion.leadDays(),
                occasion.correlation(),
                at,
                source,
                draft));
    if (fresh) {
      inbox.deliver(id, List.of(occasion.account()), at);
    }
  }

  private static NoticeId noticeId(String eventId) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(eventId.getBytes(StandardCharsets.UTF_8));
      return NoticeId.of("n-" + HexFormat.of().formatHex(hash, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
