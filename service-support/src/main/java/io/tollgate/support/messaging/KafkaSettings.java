package io.tollgate.support.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How to connect to Kafka, and the shape of this deployment's topics.
 *
 * @param bootstrapServers host:port, comma separated
 * @param partitions partitions of every topic; fixed for the deployment's life
 * @param replicationFactor copies of every partition
 * @param retention how long records of appended topics are kept; at least the age of the oldest
 *     backup that may be restored. Ignored with a test clock: then nothing expires
 * @param brokerWait how long a start waits for the broker
 * @param security how every client of the service encrypts and says who it is: the properties
 *     {@code security.*}, {@code sasl.*} and {@code ssl.*} of Kafka's clients, by their own names
 */
@ConfigurationProperties("tollgate.kafka")
public record KafkaSettings(
    String bootstrapServers,
    @DefaultValue("8") int partitions,
    @DefaultValue("1") short replicationFactor,
    @DefaultValue("P90D") Duration retention,
    @DefaultValue("PT10M") Duration brokerWait,
    @DefaultValue Map<String, String> security) {

  private static final Pattern OF_SECURITY = Pattern.compile("(security|sasl|ssl)\\.[a-z0-9.]+");

  /** Refuses counts no broker would take, and settings that are not of security. */
  public KafkaSettings {
    security = Map.copyOf(security);
    for (String name : security.keySet()) {
      if (!OF_SECURITY.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "tollgate.kafka.security accepts only security.*, sasl.* and ssl.*, not " + name);
      }
    }
    if (partitions < 1 || replicationFactor < 1) {
      throw new IllegalArgumentException("partitions and replication factor start at 1");
    }
  }

  /** Without the values of {@link #security}, of which some are passwords. */
  @Override
  public String toString() {
    return "KafkaSettings[%s, %d partitions, %d copies, %s]"
        .formatted(bootstrapServers, partitions, replicationFactor, security.keySet());
  }
}
