package io.tollgate.notification.notice;

import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import org.springframework.stereotype.Component;

/**
 * Publishes changes of a notice to the other services and to the gates of this one; keyed by the
 * notice, which has no account.
 */
@Component
class NoticeAnnouncer {

  private final Outbox outbox;
  private final Gates gates;

  NoticeAnnouncer(Outbox outbox, Gates gates) {
    this.outbox = outbox;
    this.gates = gates;
  }

  void announce(NoticeEvent event) {
    gates.apply(event);
    outbox.append(
        OutboxMessage.ofKey(
            Topics.NOTICE_EVENTS,
            event.notice().value(),
            NoticeEvent.CODEC,
            event.notice() + "-" + NoticeEvent.CODEC.typeOf(event),
            event.at(),
            event));
  }
}
