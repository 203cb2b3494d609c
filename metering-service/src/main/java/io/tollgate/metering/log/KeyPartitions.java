package io.tollgate.metering.log;

import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.messaging.KeyPartition;
import org.springframework.stereotype.Component;

/**
 * In which partition the records of a key lie: where Kafka's default partitioner puts them.
 *
 * <p>An instance's events must be where {@code account.instances} has the instance, whether or not
 * their record bears the key.
 */
@Component
public final class KeyPartitions {

  private final int partitions;

  /** The partitions of this deployment's topics. */
  public KeyPartitions(KafkaSettings settings) {
    this.partitions = settings.partitions();
  }

  /** The partition of a key. */
  public int of(String key) {
    return KeyPartition.of(key, partitions);
  }
}
