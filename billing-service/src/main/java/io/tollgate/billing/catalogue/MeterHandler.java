package io.tollgate.billing.catalogue;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Learns which meters there are: a price is only as good as its meters. */
@Component
class MeterHandler implements PositionedHandler<EventEnvelope<MeterDefinition>> {
  private final JdbcMeters meters;

  MeterHandler(JdbcMeters meters) {
    this.meters = meters;
  }

  @Override
  public String name() {
    return "meters";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.METERS);
  }

  @Override
  public Optional<EventEnvelope<MeterDefinition>> decode(ConsumerRecord<String, byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    Optional<EventEnvelope<MeterDefinition>> decoded = MeterDefinition.CODEC.decode(record.value());
    decoded
        .filter(meter -> !meter.data().key().equals(record.key()))
        .ifPresent(
            meter -> {
              throw new MalformedEventException("it is " + meter.data().key());
            });
    return decoded;
  }

  /** A meter is no account's. */
  @Override
  public Optional<String> accountOf(Received<EventEnvelope<MeterDefinition>> received) {
    return Optional.empty();
  }

  @Override
  public void handle(List<Received<EventEnvelope<MeterDefinition>>> batch) {
    batch.forEach(received -> meters.save(received.value().data()));
  }
}
