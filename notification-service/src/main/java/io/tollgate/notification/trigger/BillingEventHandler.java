package io.tollgate.notification.trigger;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.inbox.Inbox;
import io.tollgate.store.consumer.AppliedSequences;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Tells accounts what billing did (section 14). */
@Component
class BillingEventHandler implements PositionedHandler<EventEnvelope<BillingEvent>> {

  private final AppliedSequences applied;
  private final EventNotices notices;
  private final Inbox inbox;
  private final BillingCalendar calendar;

  BillingEventHandler(
      AppliedSequences applied, EventNotices notices, Inbox inbox, BillingCalendar calendar) {
    this.applied = applied;
    this.notices = notices;
    this.inbox = inbox;
    this.calendar = calendar;
  }

  @Override
  public String name() {
    return "billing-events";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.BILLING_EVENTS);
  }

  @Override
  public Optional<EventEnvelope<BillingEvent>> decode(ConsumerRecord<String, byte[]> record) {
    return BillingEvent.CODEC.decode(record.value());
  }

  @Override
  public void handle(List<Received<EventEnvelope<BillingEvent>>> batch) {
    List<Received<EventEnvelope<BillingEvent>>> fresh =
        applied.unapplied(Topics.BILLING_EVENTS, batch);
    record Occasion(EventEnvelope<BillingEvent> event, NoticeOccasion occasion) {}
    List<Occasion> occasions =
        fresh.stream()
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
    occasions.forEach(
        each -> notices.tell(each.event().id(), each.occasion(), each.event().source()));
  }
}
