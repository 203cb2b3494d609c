package io.tollgate.notification.trigger;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.notification.inbox.Inbox;
import io.tollgate.store.consumer.Received;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Notifies accounts of events of billing (section 14). */
@Component
class NotifyOfBilling {

  private final EventNotices notices;
  private final Inbox inbox;
  private final BillingCalendar calendar;

  NotifyOfBilling(EventNotices notices, Inbox inbox, BillingCalendar calendar) {
    this.notices = notices;
    this.inbox = inbox;
    this.calendar = calendar;
  }

  /** Handles events of billing, in the order of the log. */
  void handle(List<Received<EventEnvelope<BillingEvent>>> received) {
    record Occasion(EventEnvelope<BillingEvent> event, NoticeOccasion occasion) {}
    List<Occasion> occasions =
        received.stream()
            .map(Received::value)
            .flatMap(
                event ->
                    NoticeOccasion.of(event.data(), calendar).stream()
                        .map(occasion -> new Occasion(event, occasion)))
            .toList();
    if (occasions.isEmpty()) {
      return;
    }
    inbox.lock(
        occasions.stream()
            .map(occasion -> occasion.occasion().account())
            .collect(Collectors.toCollection(TreeSet::new)));
    occasions.forEach(each -> notices.publish(each.event(), each.occasion()));
  }
}
