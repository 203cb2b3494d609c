package io.tollgate.support.messaging;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The partition of a key: the one that Kafka's default partitioner chooses.
 *
 * <p>All topics of a deployment have the same number of partitions, so an account has the same
 * partition in each of them. An instance's events are in the partition in which {@code
 * account.instances} has the instance, whether or not their record has a key.
 *
 * @param count how many partitions every topic has
 */
public record KeyPartitions(int count) {

  public KeyPartitions {
    if (count < 1) {
      throw new IllegalArgumentException("a topic has at least one partition, not " + count);
    }
  }

  /** The partition of a key. */
  public int of(String key) {
    return of(key.getBytes(StandardCharsets.UTF_8));
  }

  /** The partition of a key's bytes. */
  public int of(byte[] key) {
    return Utils.toPositive(Utils.murmur2(key)) % count;
  }
}
