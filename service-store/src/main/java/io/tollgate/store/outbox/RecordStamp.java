package io.tollgate.store.outbox;

import io.tollgate.model.event.WireMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What the outbox numbered a record with, as Kafka has it: events bear it in their envelope, states
 * of keys in headers.
 *
 * @param numbered the account or key whose records are counted, as in {@code outbox_sequence}
 * @param epoch the writer's epoch
 * @param sequence the record's number, from 1
 */
public record RecordStamp(String numbered, long epoch, long sequence) {

  static final String EPOCH = "tollgate-epoch";
  static final String SEQUENCE = "tollgate-sequence";

  /** The stamp of a record; empty when it bears none that can be read. */
  public static Optional<RecordStamp> of(ConsumerRecord<String, byte[]> record) {
    String key = record.key();
    Optional<Long> epoch = number(record.headers().lastHeader(EPOCH));
    Optional<Long> sequence = number(record.headers().lastHeader(SEQUENCE));
    if (key != null && epoch.isPresent() && sequence.isPresent()) {
      return Optional.of(new RecordStamp(ofKey(key), epoch.get(), sequence.get()));
    }
    return ofEnvelope(record.value());
  }

  /** What numbers a key's records; a blank tells it from an account. */
  static String ofKey(String key) {
    return "key " + key;
  }

  private static Optional<Long> number(@Nullable Header header) {
    if (header == null || header.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Long.valueOf(new String(header.value(), StandardCharsets.UTF_8)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<RecordStamp> ofEnvelope(byte @Nullable [] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      JsonNode root = WireMapper.mapper().readTree(value);
      long sequence = root.path("sequence").asLong(0);
      return sequence == 0
          ? Optional.empty()
          : Optional.of(
              new RecordStamp(
                  root.path("subject").asString(""), root.path("epoch").asLong(0), sequence));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
