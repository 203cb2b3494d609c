package io.tollgate.support.outbox;

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

  /** The stamp of a record; empty when it bears none. */
  public static Optional<RecordStamp> of(ConsumerRecord<String, byte[]> record) {
    String key = record.key();
    Header epoch = record.headers().lastHeader(EPOCH);
    Header sequence = record.headers().lastHeader(SEQUENCE);
    if (key != null && epoch != null && sequence != null) {
      return Optional.of(new RecordStamp(ofKey(key), number(epoch), number(sequence)));
    }
    return ofEnvelope(record.value());
  }

  /** What numbers a key's records; a blank tells it from an account. */
  static String ofKey(String key) {
    return "key " + key;
  }

  private static long number(Header header) {
    return Long.parseLong(new String(header.value(), StandardCharsets.UTF_8));
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
