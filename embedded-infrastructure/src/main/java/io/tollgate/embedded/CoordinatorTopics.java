package io.tollgate.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;

/**
 * The topics in which a broker keeps committed offsets and transactions, created before a client
 * needs them.
 *
 * <p>A broker creates them at the first request for a coordinator. Clients repeat that request
 * every few milliseconds until it is answered, and each repetition that arrives before the new
 * topic is known to the broker fails with a warning.
 */
final class CoordinatorTopics {

  /** Of each of the two, as in the broker's own settings. */
  static final int PARTITIONS = 4;

  /** Together half a minute. */
  private static final int MAX_TRIES = 300;

  private static final short COPIES = 1;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private CoordinatorTopics() {}

  /** Creates both topics on a broker that has neither, and returns when they have leaders. */
  static void createOn(String bootstrapServers) {
    try (Admin admin =
        Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
      List<NewTopic> topics = List.of(offsets(), transactions());
      admin.createTopics(topics).all().get();
      awaitLeaders(admin, topics);
    } catch (ExecutionException e) {
      throw new KafkaException("cannot create the coordinators' topics", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** Only a partition's leader says where it ends. */
  private static void awaitLeaders(Admin admin, List<NewTopic> topics)
      throws ExecutionException, InterruptedException {
    askUntilKnown(
        () -> {
          var unused = admin.listOffsets(endsOf(topics)).all().get();
        },
        () -> LockSupport.parkNanos(PAUSE.toNanos()));
  }

  /** A question to the broker about topics. */
  interface Question {
    void ask() throws ExecutionException, InterruptedException;
  }

  /**
   * Repeats a question while the broker does not know the topics: under load it may not know yet
   * what its controller has created.
   *
   * @param pause between two tries
   * @throws ExecutionException when the broker fails otherwise, or does not know the topics at the
   *     last of {@link #MAX_TRIES} tries
   */
  static void askUntilKnown(Question question, Runnable pause)
      throws ExecutionException, InterruptedException {
    for (int tries = 1; ; tries++) {
      try {
        question.ask();
        return;
      } catch (ExecutionException e) {
        if (tries == MAX_TRIES || !(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw e;
        }
        pause.run();
      }
    }
  }

  private static Map<TopicPartition, OffsetSpec> endsOf(List<NewTopic> topics) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : topics) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        ends.put(new TopicPartition(topic.name(), partition), OffsetSpec.latest());
      }
    }
    return ends;
  }

  /** As the broker's group coordinator would create it. */
  private static NewTopic offsets() {
    return topic(
        Topic.GROUP_METADATA_TOPIC_NAME, Map.of(TopicConfig.COMPRESSION_TYPE_CONFIG, "producer"));
  }

  /** As the broker's transaction coordinator would create it. */
  private static NewTopic transactions() {
    return topic(
        Topic.TRANSACTION_STATE_TOPIC_NAME,
        Map.of(
            TopicConfig.COMPRESSION_TYPE_CONFIG, "uncompressed",
            TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false",
            TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1"));
  }

  private static NewTopic topic(String name, Map<String, String> own) {
    Map<String, String> config = new HashMap<>(own);
    config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    config.put(TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(100 * 1024 * 1024));
    return new NewTopic(name, PARTITIONS, COPIES).configs(config);
  }
}
