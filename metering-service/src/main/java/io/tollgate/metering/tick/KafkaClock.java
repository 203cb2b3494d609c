package io.tollgate.metering.tick;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.model.event.Timestamps;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.time.ClockState;
import io.tollgate.support.time.ClockStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The business clock of a service without a database, on a compacted topic of one partition.
 *
 * <p>A step is told to the log before it is stored: should the process die in between, the step is
 * sent again and its ticks are ignored as repeated.
 */
final class KafkaClock implements ClockStore {

  private static final Logger log = LoggerFactory.getLogger(KafkaClock.class);
  private static final String TOPIC = "metering.clock";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
  private static final String KEY = "clock";
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  private final KafkaClients clients;
  private final KafkaSettings settings;
  private final TickSchedule schedule;
  private final Supplier<TickWriter> ticks;

  /**
   * @param ticks asked for at the first step only: the topics are not there before
   */
  KafkaClock(
      KafkaClients clients,
      KafkaSettings settings,
      TickSchedule schedule,
      Supplier<TickWriter> ticks) {
    this.clients = clients;
    this.settings = settings;
    this.schedule = schedule;
    this.ticks = ticks;
    ensureTopic();
  }

  private void ensureTopic() {
    long triesLeft = Math.max(1, settings.brokerWait().dividedBy(BETWEEN_TRIES));
    while (true) {
      triesLeft--;
      try (Admin admin = clients.admin("clock-topic")) {
        create(admin);
        return;
      } catch (KafkaException e) {
        if (triesLeft <= 0) {
          throw e;
        }
        log.warn("Waiting for Kafka at {}: {}", settings.bootstrapServers(), e.toString());
        LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
      }
    }
  }

  private void create(Admin admin) {
    NewTopic topic =
        new NewTopic(TOPIC, 1, settings.replicationFactor())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try {
      if (!admin.listTopics().names().get().contains(TOPIC)) {
        admin.createTopics(List.of(topic)).all().get();
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new KafkaException(e.getCause());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  @Override
  public Optional<ClockState> load() {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(clients.glanceConfig("clock"))) {
      consumer.assign(List.of(PARTITION));
      consumer.seekToBeginning(List.of(PARTITION));
      long end = consumer.endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
      Optional<ClockState> last = Optional.empty();
      while (consumer.position(PARTITION) < end) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          Optional<ClockState> read = parse(record);
          if (read.isPresent()) {
            last = read;
          }
        }
      }
      return last;
    }
  }

  /** What is none of ours is left out: the clock stands where it was stored last. */
  private static Optional<ClockState> parse(ConsumerRecord<String, byte[]> record) {
    if (!KEY.equals(record.key()) || record.value() == null) {
      return Optional.empty();
    }
    try {
      String[] parts = new String(record.value(), UTF_8).split(" ", 2);
      return Optional.of(
          new ClockState(ClockMode.valueOf(parts[0]), Timestamps.parse(parts[parts.length - 1])));
    } catch (IllegalArgumentException | DateTimeException e) {
      log.error("A record of {} cannot be read and is left out", TOPIC, e);
      return Optional.empty();
    }
  }

  @Override
  public void initialise(ClockState state) {
    if (load().isEmpty()) {
      store(state);
    }
  }

  @Override
  public void advance(Instant to) {
    ClockState before =
        load().orElseThrow(() -> new IllegalStateException("the clock was not stored"));
    if (to.isAfter(before.now())) {
      ticks.get().append(schedule.between(before.now(), to));
      store(new ClockState(before.mode(), to));
    }
  }

  private void store(ClockState state) {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(clients.producerConfig("clock-store"))) {
      byte[] value = (state.mode() + " " + state.now()).getBytes(UTF_8);
      TickWriter.await(producer.send(new ProducerRecord<>(TOPIC, 0, KEY, value)));
    }
  }
}
