package io.tollgate.metering.meter;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.log.EventProducer;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.Topics;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.stereotype.Component;

/** Publishes versions of meters and waits until this instance counts with them. */
@Component
final class MeterWriter {

  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int MAX_PAUSES = 1_000;

  private final EventProducer producer;
  private final MeterDirectory directory;
  private final ServiceIdentity identity;
  private final BusinessClock clock;

  MeterWriter(
      EventProducer producer,
      MeterDirectory directory,
      ServiceIdentity identity,
      BusinessClock clock) {
    this.producer = producer;
    this.directory = directory;
    this.identity = identity;
    this.clock = clock;
  }

  /** Publishes a version, or that it is withdrawn. */
  void write(MeterDefinition definition) {
    String key = definition.key();
    String id = definition.withdrawal().isPresent() ? key + "/withdrawal" : key;
    byte[] value =
        MeterDefinition.CODEC.encode(
            new EventEnvelope<>(
                id,
                identity.source(),
                MeterDefinition.CODEC.typeOf(definition),
                definition.meter().value(),
                clock.now(),
                0,
                0,
                Optional.empty(),
                definition));
    // All meters lie in one partition, so that every instance sees versions in their order.
    producer.send(List.of(new ProducerRecord<>(Topics.METERS, 0, key.getBytes(UTF_8), value)));
    for (int i = 0; i < MAX_PAUSES; i++) {
      if (directory.catalogue().history(definition.meter()).contains(definition)) {
        return;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    throw new MeterNotInUseException();
  }
}
