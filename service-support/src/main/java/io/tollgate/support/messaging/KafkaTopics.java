package io.tollgate.support.messaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Creates the topics a service needs, or verifies them, before the service does anything else.
 *
 * <p>Topics are never resized: keys that move would lose their order and their dedup memory. The
 * service refuses to start if the partition count differs from the configured one; a different
 * replication factor only causes a warning.
 */
public final class KafkaTopics implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(KafkaTopics.class);
  private static final int BEFORE_EVERYTHING_ELSE = -1_000;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
  private static final int MAX_RECORD_BYTES = 4 * 1024 * 1024;
  private static final long TIMEOUT_SECONDS = 20;

  private final KafkaClients clients;
  private final KafkaSettings settings;
  private final boolean keepForEver;
  private final List<TopicSpec> specs;
  private volatile boolean running;

  /**
   * @param keepForEver with a test clock nothing expires
   */
  public KafkaTopics(
      KafkaClients clients, KafkaSettings settings, boolean keepForEver, List<TopicSpec> specs) {
    this.clients = clients;
    this.settings = settings;
    this.keepForEver = keepForEver;
    this.specs = List.copyOf(specs);
  }

  /** The partitions every topic has. */
  public Collection<TopicPartition> partitionsOf(String topic) {
    return IntStream.range(0, settings.partitions())
        .mapToObj(partition -> new TopicPartition(topic, partition))
        .toList();
  }

  /** The broker's ids of topics, by name: a topic deleted and made again has another. */
  public Map<String, String> ids(Collection<String> names) {
    try (Admin admin = clients.admin("topic-ids")) {
      Map<String, String> ids = new HashMap<>();
      describe(admin, names)
          .forEach((name, description) -> ids.put(name, description.topicId().toString()));
      return ids;
    }
  }

  @Override
  public void start() {
    try (Admin admin = clients.admin("topics")) {
      int triesLeft = (int) Math.max(1, settings.brokerWait().dividedBy(BETWEEN_TRIES));
      while (!ensured(admin, triesLeft)) {
        triesLeft--;
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
    running = true;
  }

  private boolean ensured(Admin admin, int triesLeft) {
    try {
      create(admin);
      verify(describe(admin, specs.stream().map(TopicSpec::name).toList()));
      return true;
    } catch (KafkaException e) {
      if (triesLeft <= 1) {
        throw e;
      }
      log.warn("Waiting for Kafka at {}: {}", settings.bootstrapServers(), e.toString());
      return false;
    }
  }

  private void create(Admin admin) {
    var existing = await(admin.listTopics().names());
    List<NewTopic> missing = new ArrayList<>();
    for (TopicSpec spec : specs) {
      if (!existing.contains(spec.name())) {
        missing.add(newTopic(spec));
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    createAll(admin, missing);
    awaitLeaders(admin, missing);
  }

  private void createAll(Admin admin, List<NewTopic> missing) {
    admin
        .createTopics(missing)
        .values()
        .forEach(
            (name, future) -> {
              try {
                await(future);
                log.info("Created topic {} with {} partitions", name, settings.partitions());
              } catch (TopicExistsException e) {
                log.debug("Topic {} was created concurrently by another service", name);
              }
            });
  }

  /**
   * A broker may know a new topic before it leads its partitions; whoever writes to it then is
   * turned away with a warning. Ends of partitions are answered by their leaders only.
   */
  private void awaitLeaders(Admin admin, List<NewTopic> created) {
    Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
    for (NewTopic topic : created) {
      partitionsOf(topic.name()).forEach(partition -> ends.put(partition, OffsetSpec.latest()));
    }
    await(admin.listOffsets(ends).all());
  }

  private NewTopic newTopic(TopicSpec spec) {
    Map<String, String> config = new HashMap<>();
    config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(MAX_RECORD_BYTES));
    if (settings.replicationFactor() > 2) {
      config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
    }
    if (spec.compacted()) {
      config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    } else {
      config.put(
          TopicConfig.RETENTION_MS_CONFIG,
          keepForEver ? "-1" : String.valueOf(settings.retention().toMillis()));
    }
    return new NewTopic(spec.name(), settings.partitions(), settings.replicationFactor())
        .configs(config);
  }

  private void verify(Map<String, TopicDescription> descriptions) {
    descriptions.forEach(
        (name, description) -> {
          int partitions = description.partitions().size();
          if (partitions != settings.partitions()) {
            throw new IllegalStateException(
                "topic %s has %d partitions, this deployment is configured for %d: the count is"
                        .formatted(name, partitions, settings.partitions())
                    + " fixed for the lifetime of a deployment (tollgate.kafka.partitions)");
          }
          int replicas = description.partitions().getFirst().replicas().size();
          if (replicas != settings.replicationFactor()) {
            log.warn(
                "Topic {} has {} replicas, {} are configured",
                name,
                replicas,
                settings.replicationFactor());
          }
        });
  }

  private static Map<String, TopicDescription> describe(Admin admin, Collection<String> names) {
    return await(admin.describeTopics(names).allTopicNames());
  }

  private static <V> V await(org.apache.kafka.common.KafkaFuture<V> future) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof KafkaException kafka) {
        throw kafka;
      }
      throw new KafkaException(e.getCause());
    } catch (TimeoutException e) {
      throw new org.apache.kafka.common.errors.TimeoutException("no answer from Kafka", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return BEFORE_EVERYTHING_ELSE;
  }
}
