package io.tollgate.store.consumer;

import io.tollgate.model.event.EventEnvelope;
import java.time.Instant;
import java.util.Optional;

/**
 * A decoded record and where it came from.
 *
 * @param topic the topic it was read from
 * @param partition the partition it was read from
 * @param offset its offset there
 * @param appendedAt when the broker appended it: machine time, not business time
 * @param key the record's key, where it has one
 * @param value what it says
 * @param <T> the handler's type
 */
public record Received<T>(
    String topic, int partition, long offset, Instant appendedAt, Optional<String> key, T value) {

  /** The trace context of its cause, where it is an event that has one. */
  Optional<String> traceparent() {
    return value instanceof EventEnvelope<?> event ? event.traceparent() : Optional.empty();
  }

  /** Topic, partition and offset, for logs and causes. */
  public String position() {
    return topic + "-" + partition + "@" + offset;
  }
}
