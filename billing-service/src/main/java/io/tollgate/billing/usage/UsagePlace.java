package io.tollgate.billing.usage;

import io.tollgate.model.Granularity;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import io.tollgate.support.messaging.KafkaSettings;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Rejects usage that metering would not have sent to this partition: it would be counted in a
 * stream that never sent it, and stop that stream.
 */
@Component
class UsagePlace {
  private final int partitions;
  private final Set<String> generations;

  /**
   * @param generations of metering whose usage is billed, both while one takes over; empty for all
   */
  @Autowired
  UsagePlace(
      KafkaSettings kafka, @Value("${tollgate.billing.generations:}") Set<String> generations) {
    this(kafka.partitions(), generations);
  }

  UsagePlace(int partitions, Set<String> generations) {
    this.partitions = partitions;
    this.generations = Set.copyOf(generations);
  }

  /**
   * Checks a record.
   *
   * @throws MalformedEventException when it does not belong where it is
   */
  void check(ConsumerRecord<String, byte[]> record, UsageRecord usage) {
    String expected =
        usage.granularity() == Granularity.HOUR ? Topics.USAGE_HOURLY : Topics.USAGE_DAILY;
    if (!expected.equals(record.topic())) {
      throw new MalformedEventException(
          usage.granularity() + " usage does not belong on " + record.topic());
    }
    boolean itsOwn =
        switch (usage) {
          case UsageRevision revision -> revision.account().value().equals(record.key());
          case WindowsClosed marker -> marker.outputPartition() == record.partition();
        };
    if (!itsOwn || usage.partition() >= partitions) {
      throw new MalformedEventException("usage with the key or partition of another account");
    }
    if (!generations.isEmpty() && !generations.contains(usage.generation())) {
      throw new MalformedEventException("usage of a generation that this deployment does not have");
    }
  }
}
