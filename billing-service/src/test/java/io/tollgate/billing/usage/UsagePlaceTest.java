package io.tollgate.billing.usage;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.Granularity;
import io.tollgate.model.event.MalformedEventException;
import io.tollgate.model.event.Topics;
import io.tollgate.model.event.UsageRecord;
import io.tollgate.model.event.WindowsClosed;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** Fuzzing told streams what metering had not, in places where it would not have. */
class UsagePlaceTest {
  private static final Instant AT = Instant.parse("2026-03-01T02:00:00Z");

  private final UsagePlace place = new UsagePlace(4, Set.of("g1"));

  private static UsageRecord marker(String generation, int partition, int output) {
    return new WindowsClosed(generation, partition, output, 1, Granularity.HOUR, AT, AT, 0, 0);
  }

  private static ConsumerRecord<String, byte[]> record(String topic, int partition) {
    return new ConsumerRecord<>(topic, partition, 0, "key", new byte[0]);
  }

  @Test
  void aMarkerOfThisDeploymentInItsPartitionIsTaken() {
    assertThatCode(() -> place.check(record(Topics.USAGE_HOURLY, 2), marker("g1", 3, 2)))
        .doesNotThrowAnyException();
  }

  @Test
  void whatBelongsElsewhereIsRefused() {
    assertRefused(record(Topics.USAGE_DAILY, 2), marker("g1", 3, 2));
    assertRefused(record(Topics.USAGE_HOURLY, 1), marker("g1", 3, 2));
    assertRefused(record(Topics.USAGE_HOURLY, 2), marker("g1", 4, 2));
    assertRefused(record(Topics.USAGE_HOURLY, 2), marker("g2", 3, 2));
  }

  private void assertRefused(ConsumerRecord<String, byte[]> record, UsageRecord usage) {
    assertThatThrownBy(() -> place.check(record, usage))
        .isInstanceOf(MalformedEventException.class);
  }
}
