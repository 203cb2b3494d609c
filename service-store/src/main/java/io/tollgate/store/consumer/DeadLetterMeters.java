package io.tollgate.store.consumer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** Counts the records that become dead letters, by topic and cause. */
final class DeadLetterMeters {

  private final Map<String, Map<Cause, Counter>> counters = new HashMap<>();

  /** Why a record became a dead letter. */
  enum Cause {
    /** It cannot be decoded. */
    UNREADABLE,
    /** Its handler does not believe it. */
    REJECTED,
    /** Its handler fails on it, and it has no account that could be parked. */
    FAILED
  }

  /**
   * All counters, at 0.
   *
   * @param topics which the service reads
   */
  DeadLetterMeters(MeterRegistry meters, Collection<String> topics) {
    for (String topic : new TreeSet<>(topics)) {
      Map<Cause, Counter> ofTopic = new EnumMap<>(Cause.class);
      for (Cause cause : Cause.values()) {
        ofTopic.put(
            cause,
            Counter.builder("tollgate_dead_lettered_records")
                .description("Records that became dead letters")
                .tag("topic", topic)
                .tag("cause", cause.name().toLowerCase(Locale.ROOT))
                .register(meters));
      }
      counters.put(topic, ofTopic);
    }
  }

  /** A record of one of the topics became a dead letter. */
  void added(String topic, Cause cause) {
    Counter counter = counters.getOrDefault(topic, Map.of()).get(cause);
    if (counter != null) {
      counter.increment();
    }
  }
}
