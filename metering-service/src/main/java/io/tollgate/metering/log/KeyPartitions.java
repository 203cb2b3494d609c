package io.tollgate.metering.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.support.messaging.KafkaSettings;
import org.apache.kafka.common.utils.Utils;
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
    return of(key.getBytes(UTF_8), partitions);
  }

  /** The partition of a key among so many. */
  public static int of(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
