package io.tollgate.support.messaging;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * In which partition the records of a key lie: where Kafka's default partitioner puts them. All
 * topics of a deployment have as many, so an account has the same one everywhere.
 */
public final class KeyPartition {

  private KeyPartition() {}

  /** The partition of a key among so many. */
  public static int of(String key, int partitions) {
    return of(key.getBytes(StandardCharsets.UTF_8), partitions);
  }

  /** The partition of a key's bytes among so many. */
  public static int of(byte[] key, int partitions) {
    return Utils.toPositive(Utils.murmur2(key)) % partitions;
  }
}
