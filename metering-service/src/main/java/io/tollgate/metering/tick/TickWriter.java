package io.tollgate.metering.tick;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.log.RecordKind;
import io.tollgate.model.event.Topics;
import io.tollgate.support.messaging.ClientMeters;
import io.tollgate.support.messaging.KafkaClients;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.DisposableBean;

/** Appends business time to every partition of {@code usage.events}, durably. */
public final class TickWriter implements DisposableBean {

  private static final long TIMEOUT_SECONDS = 40;

  private final KafkaProducer<byte[], byte[]> producer;
  private final ClientMeters meters;
  private final int partitions;

  TickWriter(KafkaClients clients, int partitions) {
    Map<String, Object> config = clients.producerConfig("ticks");
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 4L * 1024 * 1024);
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000L);
    this.producer = new KafkaProducer<>(config);
    this.meters = clients.meters();
    this.partitions = partitions;
    meters.opened(producer);
  }

  /** Appends ticks to every partition, each partition in their order; returns when acknowledged. */
  public void append(List<Instant> ticks) {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (Instant tick : ticks) {
      byte[] value = tick.toString().getBytes(UTF_8);
      for (int partition = 0; partition < partitions; partition++) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(Topics.USAGE_EVENTS, partition, null, value);
        record.headers().add(RecordKind.HEADER, RecordKind.TICK.headerValue());
        sent.add(producer.send(record));
      }
    }
    producer.flush();
    sent.forEach(TickWriter::await);
  }

  static void await(Future<RecordMetadata> future) {
    try {
      future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("Kafka did not acknowledge", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  @Override
  public void destroy() {
    meters.closed(producer);
    producer.close(java.time.Duration.ofSeconds(5));
  }
}
