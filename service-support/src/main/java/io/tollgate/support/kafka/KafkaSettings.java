package io.tollgate.support.kafka;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to reach Kafka, and the shape of this deployment generation's topics.
 *
 * @param bootstrapServers host:port, comma separated
 * @param partitions partitions of every topic; fixed for the deployment's life
 * @param replicationFactor copies of every partition
 * @param retention how long records of appended topics are kept; at least the age of the oldest
 *     backup that may be restored. Ignored with a test clock: then nothing expires
 * @param brokerWait how long a start waits for the broker
 */
@ConfigurationProperties("tollgate.kafka")
public record KafkaSettings(
    String bootstrapServers,
    @DefaultValue("8") int partitions,
    @DefaultValue("1") short replicationFactor,
    @DefaultValue("P90D") Duration retention,
    @DefaultValue("PT10M") Duration brokerWait) {

  /** Refuses counts no broker would take. */
  public KafkaSettings {
    if (partitions < 1 || replicationFactor < 1) {
      throw new IllegalArgumentException("partitions and replication factor start at 1");
    }
  }
}
