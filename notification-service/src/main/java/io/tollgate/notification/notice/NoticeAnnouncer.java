package io.tollgate.notification.notice;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import java.util.Map;
import java.util.Optional;
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
    String type = NoticeEvent.CODEC.typeOf(event);
    String id = event.notice() + "-" + type;
    outbox.append(
        new OutboxMessage(
            Topics.NOTICE_EVENTS,
            Optional.of(event.notice().value()),
            Optional.empty(),
            Optional.empty(),
            Map.of(),
            stamp ->
                NoticeEvent.CODEC.encode(
                    new EventEnvelope<>(
                        id,
                        stamp.source(),
                        type,
                        event.notice().value(),
                        event.at(),
                        stamp.epoch(),
                        stamp.sequence(),
                        Optional.empty(),
                        event))));
  }
}
