package io.tollgate.store.outbox;

import io.tollgate.model.event.WireMapper;
import io.tollgate.support.messaging.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Rows of the outbox as records of Kafka. */
final class OutboxRecords {

  private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

  private static final String NO_HEADERS = "{}";

  private OutboxRecords() {}

  /** Headers as they are stored; most records have none. */
  static String text(Map<String, String> headers) {
    return headers.isEmpty() ? NO_HEADERS : WireMapper.mapper().writeValueAsString(headers);
  }

  /**
   * A row of the outbox.
   *
   * @param waitedNanos how long it had waited when it was read
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Row(
      long id,
      String topic,
      @Nullable Integer partition,
      byte @Nullable [] key,
      byte @Nullable [] payload,
      String headers,
      long waitedNanos) {

    int size() {
      return (key == null ? 0 : key.length) + (payload == null ? 0 : payload.length);
    }
  }

  static Map<String, Object> producerConfig(KafkaClients clients) {
    Map<String, Object> config = clients.transactionalProducerConfig("outbox");
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    return config;
  }

  static ProducerRecord<byte[], byte[]> toRecord(Row row) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(row.topic(), row.partition(), row.key(), row.payload());
    headers(row.headers())
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  private static Map<String, String> headers(String text) {
    return text.equals(NO_HEADERS) ? Map.of() : WireMapper.mapper().readValue(text, HEADERS);
  }
}
