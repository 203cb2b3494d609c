package io.tollgate.model.event;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes and reads the events of one family as structured CloudEvents 1.0 JSON.
 *
 * <p>A type name never changes its meaning: {@code tollgate.<family>.<event>.v1}. Readers skip
 * types they do not know, so that a newer writer does not stop an older reader.
 *
 * @param <E> the family's sealed interface
 */
public final class EventCodec<E> {

  private static final int MAX_ATTRIBUTE_LENGTH = 512;
  private static final int INITIAL_BYTES = 1_024;

  private final JsonMapper mapper = WireMapper.mapper();
  private final Map<String, Class<? extends E>> classes;
  private final Map<Class<?>, String> names;
  private final Map<Class<?>, List<String>> optional;

  private EventCodec(Map<String, Class<? extends E>> classes) {
    this.classes = Map.copyOf(classes);
    Map<Class<?>, String> byClass = new HashMap<>();
    classes.forEach((name, type) -> byClass.put(type, name));
    this.names = Map.copyOf(byClass);
    this.optional =
        byClass.keySet().stream()
            .collect(Collectors.toMap(Function.identity(), EventCodec::optionalFields));
  }

  private static List<String> optionalFields(Class<?> type) {
    return Stream.of(type.getRecordComponents())
        .filter(component -> component.getType() == Optional.class)
        .map(RecordComponent::getName)
        .toList();
  }

  /** A codec of the given event types by name. */
  public static <E> EventCodec<E> of(Map<String, Class<? extends E>> classes) {
    return new EventCodec<>(classes);
  }

  /** The type name of an event. */
  public String typeOf(E event) {
    String name = names.get(event.getClass());
    if (name == null) {
      throw new IllegalArgumentException("not of this family: " + event.getClass().getName());
    }
    return name;
  }

  /** The record's bytes. */
  public byte[] encode(EventEnvelope<? extends E> envelope) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
    try (JsonGenerator json = mapper.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringProperty("specversion", "1.0");
      json.writeStringProperty("id", envelope.id());
      json.writeStringProperty("source", envelope.source());
      json.writeStringProperty("type", envelope.type());
      json.writeStringProperty("subject", envelope.subject());
      json.writeStringProperty("time", envelope.time().toString());
      json.writeStringProperty("datacontenttype", "application/json");
      json.writeNumberProperty("epoch", envelope.epoch());
      json.writeNumberProperty("sequence", envelope.sequence());
      envelope.traceparent().ifPresent(value -> json.writeStringProperty("traceparent", value));
      json.writePOJOProperty("data", envelope.data());
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a record's bytes.
   *
   * @return the event, or empty when its type is not known to this version
   * @throws MalformedEventException when the bytes are no event
   */
  public Optional<EventEnvelope<E>> decode(byte[] bytes) {
    try {
      JsonNode root = mapper.readTree(bytes);
      if (!root.isObject() || !"1.0".equals(root.path("specversion").asString(""))) {
        throw new MalformedEventException("not a CloudEvents 1.0 JSON object");
      }
      String type = text(root, "type");
      Class<? extends E> dataType = classes.get(type);
      if (dataType == null) {
        return Optional.empty();
      }
      checkTexts(root);
      return Optional.of(
          new EventEnvelope<>(
              text(root, "id"),
              text(root, "source"),
              type,
              text(root, "subject"),
              Instant.parse(text(root, "time")),
              number(root, "epoch"),
              number(root, "sequence"),
              Optional.ofNullable(root.path("traceparent").asString(null)),
              mapper.treeToValue(whole(data(root), dataType), dataType)));
    } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
      throw new MalformedEventException("not a readable event: " + e.getClass().getSimpleName(), e);
    }
  }

  /** An older writer did not know every optional field; any other that is missing is refused. */
  private JsonNode whole(JsonNode data, Class<?> type) {
    if (data instanceof ObjectNode fields) {
      for (String name : optional.getOrDefault(type, List.of())) {
        if (!fields.has(name)) {
          fields.putNull(name);
        }
      }
    }
    return data;
  }

  private static String text(JsonNode root, String field) {
    JsonNode node = root.get(field);
    if (node == null || !node.isString() || node.asString().isEmpty()) {
      throw new MalformedEventException("attribute " + field + " is missing or not a text");
    }
    if (node.asString().length() > MAX_ATTRIBUTE_LENGTH) {
      throw new MalformedEventException("attribute " + field + " is too long");
    }
    return node.asString();
  }

  /** A number that is there counts; one that is not a count must not be taken for none. */
  private static long number(JsonNode root, String field) {
    JsonNode node = root.path(field);
    if (node.isMissingNode()) {
      return 0;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.asLong() < 0) {
      throw new MalformedEventException("attribute " + field + " is not a count");
    }
    return node.asLong();
  }

  private static JsonNode data(JsonNode root) {
    JsonNode data = root.path("data");
    if (!data.isObject()) {
      throw new MalformedEventException("data is missing or not an object");
    }
    return data;
  }

  /** A text with a NUL in it can be stored nowhere. */
  private static void checkTexts(JsonNode node) {
    if (node.isString() && node.asString().indexOf('\u0000') >= 0) {
      throw new MalformedEventException("a text has a NUL in it");
    }
    node.valueStream().forEach(EventCodec::checkTexts);
  }
}
