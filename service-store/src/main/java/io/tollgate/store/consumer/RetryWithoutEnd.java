package io.tollgate.store.consumer;

import io.tollgate.support.failure.Causes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Retries a failed batch indefinitely after a pause: only failures of the infrastructure get here,
 * and those pass.
 *
 * <p>It keeps no count that another partition could reset, and never skips a record.
 */
final class RetryWithoutEnd implements CommonErrorHandler {

  private static final Logger log = LoggerFactory.getLogger(RetryWithoutEnd.class);

  /** As after so many tries; what cannot be read is not counted. */
  private static final int TRIES_OF_READING = 6;

  private final String consumer;
  private final RetryPauses pauses;
  private final Map<TopicPartition, Failing> failing = new ConcurrentHashMap<>();

  RetryWithoutEnd(String consumer, RetryPauses pauses) {
    this.consumer = consumer;
    this.pauses = pauses;
  }

  private record Failing(long offset, int times) {}

  @Override
  public boolean seeksAfterHandling() {
    return true;
  }

  @Override
  public boolean isAckAfterHandle() {
    return false;
  }

  @Override
  public void handleBatch(
      Exception thrownException,
      ConsumerRecords<?, ?> data,
      Consumer<?, ?> kafkaConsumer,
      MessageListenerContainer container,
      Runnable invokeListener) {
    int times = 1;
    for (TopicPartition partition : data.partitions()) {
      long offset = data.records(partition).getFirst().offset();
      times = Math.max(times, count(partition, offset));
      if (kafkaConsumer.assignment().contains(partition)) {
        kafkaConsumer.seek(partition, offset);
      }
    }
    Throwable cause =
        thrownException.getCause() == null ? thrownException : thrownException.getCause();
    log.warn(
        "{} cannot apply {} (try {}): {}", consumer, data.partitions(), times, Causes.brief(cause));
    pause(container, times);
  }

  @Override
  public void handleOtherException(
      Exception thrownException,
      Consumer<?, ?> kafkaConsumer,
      MessageListenerContainer container,
      boolean batchListener) {
    log.warn("{} cannot read: {}", consumer, Causes.brief(thrownException));
    pause(container, TRIES_OF_READING);
  }

  private int count(TopicPartition partition, long offset) {
    Failing now =
        failing.merge(
            partition,
            new Failing(offset, 1),
            (old, fresh) -> old.offset() == offset ? new Failing(offset, old.times() + 1) : fresh);
    return now.times();
  }

  private void pause(MessageListenerContainer container, int tries) {
    try {
      ListenerUtils.stoppableSleep(container, pauses.after(tries).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
