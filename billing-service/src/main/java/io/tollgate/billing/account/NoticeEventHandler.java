package io.tollgate.billing.account;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Hears which gates are shut and open: no free product becomes chargeable unannounced (C2.5). */
@Component
class NoticeEventHandler implements PositionedHandler<EventEnvelope<NoticeEvent>> {
  private final Gates gates;

  NoticeEventHandler(Gates gates) {
    this.gates = gates;
  }

  @Override
  public String name() {
    return "notice-events";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.NOTICE_EVENTS);
  }

  @Override
  public Optional<EventEnvelope<NoticeEvent>> decode(ConsumerRecord<String, byte[]> record) {
    return NoticeEvent.CODEC.decode(record.value());
  }

  @Override
  public void handle(List<Received<EventEnvelope<NoticeEvent>>> batch) {
    batch.forEach(received -> gates.apply(received.value().data()));
  }
}
