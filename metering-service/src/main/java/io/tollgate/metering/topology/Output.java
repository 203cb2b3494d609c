package io.tollgate.metering.topology;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * A record to be sent to a chosen partition.
 *
 * @param partition which one
 * @param value its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Output(int partition, byte[] value) {

  static final Serializer<Output> SERIALIZER = (topic, output) -> output.value();

  static final StreamPartitioner<byte[], Output> PARTITIONER =
      (topic, key, output, partitions) -> Optional.of(Set.of(output.partition()));
}
