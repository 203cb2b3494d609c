package io.tollgate.store.consumer;

import io.tollgate.support.messaging.KafkaTopics;
import io.tollgate.support.messaging.LogEnds;
import io.tollgate.support.time.SettleCheck;
import io.tollgate.support.time.SettleChecks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** All positioned consumers of a service: started last, stopped first. */
public final class PositionedConsumers implements SmartLifecycle, SettleChecks {

  private static final Logger log = LoggerFactory.getLogger(PositionedConsumers.class);
  private static final int AFTER_EVERYTHING_ELSE = Integer.MAX_VALUE - 100;

  private final List<PositionedConsumer<?>> consumers;
  private final KafkaTopics topics;
  private final PositionStore positions;
  private final LogEnds logEnds;
  private volatile boolean running;

  PositionedConsumers(
      List<PositionedConsumer<?>> consumers,
      KafkaTopics topics,
      PositionStore positions,
      LogEnds logEnds) {
    this.consumers = List.copyOf(consumers);
    this.topics = topics;
    this.positions = positions;
    this.logEnds = logEnds;
  }

  /** What does not read, in words for an operator; empty when all do. */
  public List<String> defects() {
    return consumers.stream().map(PositionedConsumer::defect).flatMap(Optional::stream).toList();
  }

  /** A check for each consumer that its positions are at the ends of their logs. */
  @Override
  public List<SettleCheck> settleChecks() {
    return consumers.stream().map(c -> (SettleCheck) check(c.handler())).toList();
  }

  /** Records not yet read, by consumer. */
  public Map<String, Long> lags() {
    Map<String, Long> lags = new TreeMap<>();
    consumers.forEach(c -> lags.put(c.handler().name(), check(c.handler()).lag()));
    return lags;
  }

  private ConsumerSettleCheck check(PositionedHandler<?> handler) {
    return new ConsumerSettleCheck(
        handler.name(), () -> partitions(handler.topics()), positions, logEnds);
  }

  private Collection<TopicPartition> partitions(Collection<String> names) {
    return names.stream().flatMap(name -> topics.partitionsOf(name).stream()).toList();
  }

  @Override
  public synchronized void start() {
    for (PositionedConsumer<?> consumer : consumers) {
      consumer.start(topics.ids(consumer.handler().topics()));
    }
    running = true;
  }

  /** Stops all of them at once: each of them waits until the broker has answered its last fetch. */
  @Override
  public synchronized void stop() {
    running = false;
    CountDownLatch reading = new CountDownLatch(consumers.size());
    consumers.forEach(consumer -> consumer.stop(reading::countDown));
    awaitEnd(reading);
    logEnds.close();
  }

  private static void awaitEnd(CountDownLatch reading) {
    try {
      if (!reading.await(PositionedConsumer.STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("{} consumers did not stop in time", reading.getCount());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return AFTER_EVERYTHING_ELSE;
  }
}
