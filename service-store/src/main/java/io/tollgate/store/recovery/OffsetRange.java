package io.tollgate.store.recovery;

import org.apache.kafka.common.TopicPartition;

/**
 * Records that belong to an ended history, with nothing but such between them.
 *
 * @param partition where they are
 * @param first offset of the first
 * @param last offset of the last, included
 */
record OffsetRange(TopicPartition partition, long first, long last) {}
