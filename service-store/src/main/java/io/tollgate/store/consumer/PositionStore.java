package io.tollgate.store.consumer;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of consumer positions; a position advances only together with the effects of a batch.
 */
final class PositionStore {

  private static final String CLAIM =
      """
      insert into consumer_position (consumer, topic, partition, topic_id, next_offset)
      values (:consumer, :topic, :partition, :topicId, :first)
      on conflict (consumer, topic, partition) do nothing
      """;

  private static final String ADVANCE =
      """
      update consumer_position set next_offset = :to
       where consumer = :consumer and topic = :topic and partition = :partition
         and next_offset = :from
      """;

  private final JdbcClient jdbc;

  PositionStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Gives a partition its first position, unless it has one. */
  void claim(String consumer, TopicPartition partition, String topicId, long first) {
    jdbc.sql(CLAIM)
        .param("consumer", consumer)
        .param("topic", partition.topic())
        .param("partition", partition.partition())
        .param("topicId", topicId)
        .param("first", first)
        .update();
  }

  /**
   * Moves a position; false when it does not stand at {@code from}: another one was there first.
   */
  boolean advance(String consumer, TopicPartition partition, long from, long to) {
    return jdbc.sql(ADVANCE)
            .param("consumer", consumer)
            .param("topic", partition.topic())
            .param("partition", partition.partition())
            .param("from", from)
            .param("to", to)
            .update()
        == 1;
  }

  Optional<Long> position(String consumer, TopicPartition partition) {
    return Optional.ofNullable(positions(consumer).get(partition));
  }

  Map<TopicPartition, Long> positions(String consumer) {
    Map<TopicPartition, Long> positions = new HashMap<>();
    jdbc.sql("select topic, partition, next_offset from consumer_position where consumer = ?")
        .param(consumer)
        .query(
            rs -> {
              positions.put(
                  new TopicPartition(rs.getString("topic"), rs.getInt("partition")),
                  rs.getLong("next_offset"));
            });
    return positions;
  }

  /** Topic ids the positions belong to, by topic. */
  Map<String, String> topicIds(String consumer) {
    Map<String, String> ids = new HashMap<>();
    jdbc.sql("select distinct topic, topic_id from consumer_position where consumer = ?")
        .param(consumer)
        .query(
            rs -> {
              ids.put(rs.getString("topic"), rs.getString("topic_id"));
            });
    return ids;
  }
}
