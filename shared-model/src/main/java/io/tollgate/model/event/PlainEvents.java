package io.tollgate.model.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads events that are just what {@link EventCodec#encode} writes, without a tree: nearly all are.
 *
 * <p>It never refuses one. Whatever is unusual about the bytes, an attribute that is missing, twice
 * or not a text, a field that an older writer did not know, a NUL, it leaves to the codec.
 *
 * @param <E> the family's sealed interface
 */
final class PlainEvents<E> {

  /** The end of the only escape that may stand for a NUL. */
  private static final byte[] NUL = {'u', '0', '0', '0', '0'};

  private final JsonMapper mapper = WireMapper.mapper();
  private final Map<String, Class<? extends E>> classes;

  PlainEvents(Map<String, Class<? extends E>> classes) {
    this.classes = classes;
  }

  /** What was read of an event so far. */
  private static final class Parts<E> {
    private @Nullable String version;
    private @Nullable String id;
    private @Nullable String source;
    private @Nullable String type;
    private @Nullable String subject;
    private @Nullable String time;
    private @Nullable String traceparent;
    private long epoch = -1;
    private long sequence = -1;
    private @Nullable E data;

    Optional<EventEnvelope<E>> event() {
      if (!"1.0".equals(version)
          || id == null
          || source == null
          || type == null
          || subject == null
          || time == null
          || data == null) {
        return Optional.empty();
      }
      return Optional.of(
          new EventEnvelope<>(
              id,
              source,
              type,
              subject,
              Instant.parse(time),
              Math.max(0, epoch),
              Math.max(0, sequence),
              Optional.ofNullable(traceparent),
              data));
    }
  }

  /** The event, or empty when the codec must look at it. */
  Optional<EventEnvelope<E>> read(byte[] bytes) {
    if (holdsNul(bytes)) {
      return Optional.empty();
    }
    try (JsonParser parser = mapper.createParser(bytes)) {
      Parts<E> parts = new Parts<>();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        if (!take(parser.currentName(), parser, parts)) {
          return Optional.empty();
        }
      }
      return parser.nextToken() == null ? parts.event() : Optional.empty();
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Takes an attribute; false when there is something unusual about it. */
  private boolean take(String name, JsonParser parser, Parts<E> parts) {
    JsonToken token = parser.nextToken();
    return switch (name) {
      case "specversion" -> parts.version == null && (parts.version = text(token, parser)) != null;
      case "id" -> parts.id == null && (parts.id = text(token, parser)) != null;
      case "source" -> parts.source == null && (parts.source = text(token, parser)) != null;
      case "type" -> parts.type == null && (parts.type = text(token, parser)) != null;
      case "subject" -> parts.subject == null && (parts.subject = text(token, parser)) != null;
      case "time" -> parts.time == null && (parts.time = text(token, parser)) != null;
      case "traceparent" ->
          parts.traceparent == null && (parts.traceparent = text(token, parser)) != null;
      case "epoch" -> parts.epoch < 0 && (parts.epoch = count(token, parser)) >= 0;
      case "sequence" -> parts.sequence < 0 && (parts.sequence = count(token, parser)) >= 0;
      case "data" -> parts.data == null && (parts.data = data(token, parser, parts.type)) != null;
      default -> token == JsonToken.VALUE_STRING;
    };
  }

  private static @Nullable String text(JsonToken token, JsonParser parser) {
    if (token != JsonToken.VALUE_STRING) {
      return null;
    }
    String text = parser.getString();
    return text.isEmpty() || text.length() > EventCodec.MAX_ATTRIBUTE_LENGTH ? null : text;
  }

  private static long count(JsonToken token, JsonParser parser) {
    return token == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
  }

  private @Nullable E data(JsonToken token, JsonParser parser, @Nullable String type) {
    Class<? extends E> known = type == null ? null : classes.get(type);
    return token == JsonToken.START_OBJECT && known != null ? parser.readValueAs(known) : null;
  }

  private static boolean holdsNul(byte[] bytes) {
    for (int at = 0; at + NUL.length <= bytes.length; at++) {
      if (bytes[at] == NUL[0]
          && bytes[at + 1] == NUL[1]
          && bytes[at + 2] == NUL[2]
          && bytes[at + 3] == NUL[3]
          && bytes[at + 4] == NUL[4]) {
        return true;
      }
    }
    return false;
  }
}
