package io.tollgate.chaos.fuzz;

import io.tollgate.model.event.Topics;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record as it is sent.
 *
 * @param key empty to have none
 * @param value empty to have none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Poison(
    String topic,
    int partition,
    Optional<byte[]> key,
    Optional<byte[]> value,
    Headers headers,
    Mutation mutation) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  byte @Nullable [] keyOrNull() {
    return key.orElse(null);
  }

  byte @Nullable [] valueOrNull() {
    return value.orElse(null);
  }

  /** Whether nobody can take it for an event, whatever they know. */
  boolean unreadable() {
    if (value.isEmpty()) {
      return !Topics.COMPACTED.contains(topic);
    }
    try {
      JsonNode event = JSON.readTree(value.get());
      return !event.isObject()
          || !event.path("specversion").asString("").equals("1.0")
          || !event.path("type").isString();
    } catch (JacksonException e) {
      return true;
    }
  }
}
