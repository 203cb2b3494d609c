package io.tollgate.store.consumer;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records that the restored database of their writer has lost; consumers skip them.
 *
 * <p>They are determined while no service runs, so a service reads them once, at its start.
 */
final class AbandonedRecords {

  private final Map<TopicPartition, NavigableMap<Long, Long>> ranges = new HashMap<>();

  private AbandonedRecords() {}

  static AbandonedRecords load(JdbcClient jdbc) {
    AbandonedRecords records = new AbandonedRecords();
    jdbc.sql("select topic, partition, first_offset, last_offset from abandoned_range")
        .query(
            rs -> {
              records
                  .ranges
                  .computeIfAbsent(
                      new TopicPartition(rs.getString("topic"), rs.getInt("partition")),
                      partition -> new TreeMap<>())
                  .put(rs.getLong("first_offset"), rs.getLong("last_offset"));
            });
    return records;
  }

  boolean contains(ConsumerRecord<?, ?> record) {
    NavigableMap<Long, Long> own =
        ranges.get(new TopicPartition(record.topic(), record.partition()));
    if (own == null) {
      return false;
    }
    Map.Entry<Long, Long> range = own.floorEntry(record.offset());
    return range != null && record.offset() <= range.getValue();
  }
}
