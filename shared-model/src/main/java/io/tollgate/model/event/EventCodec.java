package io.tollgate.model.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

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
  private static final int TYPICAL_BYTES = 1_024;

  private static final String VERSION = "1.0";
  private static final byte[] NUL = "u0000".getBytes(StandardCharsets.US_ASCII);

  private final JsonMapper mapper = WireMapper.mapper();
  private final Map<String, Class<? extends E>> classes;
  private final Map<String, ObjectReader> readers;
  private final Map<Class<?>, String> names;

  private EventCodec(Map<String, Class<? extends E>> classes) {
    Map<String, ObjectReader> byName = new HashMap<>();
    Map<Class<?>, String> byClass = new HashMap<>();
    classes.forEach(
        (name, type) -> {
          // The data is followed by the rest of its event.
          byName.put(
              name, mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
          byClass.put(type, name);
        });
    this.classes = Map.copyOf(classes);
    this.readers = Map.copyOf(byName);
    this.names = Map.copyOf(byClass);
    requireWholeFamilies();
  }

  private void requireWholeFamilies() {
    names.keySet().stream()
        .flatMap(type -> Arrays.stream(type.getInterfaces()))
        .filter(Class::isSealed)
        .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
        .filter(member -> member.isRecord() && !names.containsKey(member))
        .findAny()
        .ifPresent(
            member -> {
              throw new IllegalArgumentException(member.getName() + " has no name");
            });
  }

  /**
   * A codec of the given event types by name.
   *
   * @throws IllegalArgumentException when a record of their sealed interface has no name: it could
   *     not be published
   */
  public static <E> EventCodec<E> of(Map<String, Class<? extends E>> classes) {
    return new EventCodec<>(classes);
  }

  /** The types by name. */
  Map<String, Class<? extends E>> classes() {
    return classes;
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
    var out = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (JsonGenerator json = mapper.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringProperty("specversion", VERSION);
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
    return out.toByteArray();
  }

  /**
   * Reads a record's bytes, in one pass where the type comes before the data, as {@link #encode}
   * writes them.
   *
   * @return the event, or empty when its type is not known to this version
   * @throws MalformedEventException when the bytes are no event
   */
  public Optional<EventEnvelope<E>> decode(byte[] bytes) {
    try (JsonParser json = mapper.createParser(bytes)) {
      Draft<E> draft = read(json);
      if (!VERSION.equals(draft.texts.get("specversion"))) {
        throw new MalformedEventException("not a CloudEvents 1.0 JSON object");
      }
      ObjectReader reader = readers.get(draft.text("type"));
      if (reader == null) {
        return Optional.empty();
      }
      checkTexts(bytes);
      return Optional.of(draft.event(reader));
    } catch (JacksonException | IllegalArgumentException | java.time.DateTimeException e) {
      throw new MalformedEventException("not a readable event", e);
    }
  }

  private Draft<E> read(JsonParser json) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedEventException("not a CloudEvents 1.0 JSON object");
    }
    Draft<E> draft = new Draft<>();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      json.nextToken();
      draft.take(name, json, readers);
    }
    if (json.nextToken() != null) {
      throw new MalformedEventException("there is something after the event");
    }
    return draft;
  }

  /** A text with a NUL in it can be stored nowhere. JSON has it as an escape only. */
  private static void checkTexts(byte[] json) {
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\\') {
        i++;
        if (startsWith(json, i, NUL)) {
          throw new MalformedEventException("a string contains NUL");
        }
      }
    }
  }

  private static boolean startsWith(byte[] bytes, int from, byte[] part) {
    return bytes.length - from >= part.length
        && Arrays.equals(bytes, from, from + part.length, part, 0, part.length);
  }

  /** An event's attributes as they come, in any order, and its data. */
  private static final class Draft<E> {
    private final Map<String, String> texts = new HashMap<>();
    private long epoch;
    private long sequence;
    private Optional<E> data = Optional.empty();
    private Optional<JsonNode> dataOfUnknownType = Optional.empty();

    void take(String name, JsonParser json, Map<String, ObjectReader> readers) {
      switch (name) {
        case "epoch" -> epoch = number(name, json);
        case "sequence" -> sequence = number(name, json);
        case "data" -> takeData(json, readers);
        default -> {
          if (json.currentToken() == JsonToken.VALUE_STRING
              && texts.putIfAbsent(name, json.getString()) != null) {
            throw new MalformedEventException("attribute " + name + " is there twice");
          }
          json.skipChildren();
        }
      }
    }

    private void takeData(JsonParser json, Map<String, ObjectReader> readers) {
      String type = texts.get("type");
      ObjectReader reader = type == null ? null : readers.get(type);
      if (type == null) {
        dataOfUnknownType = Optional.of(json.readValueAsTree());
      } else if (reader == null) {
        json.skipChildren();
      } else if (json.currentToken() == JsonToken.START_OBJECT) {
        data = Optional.of(reader.readValue(json));
      } else {
        throw new MalformedEventException("data is not an object");
      }
    }

    EventEnvelope<E> event(ObjectReader reader) {
      E whole =
          data.or(() -> dataOfUnknownType.map(reader::readValue))
              .orElseThrow(() -> new MalformedEventException("data is missing"));
      return new EventEnvelope<>(
          text("id"),
          text("source"),
          text("type"),
          text("subject"),
          Timestamps.parse(text("time")),
          epoch,
          sequence,
          Optional.ofNullable(texts.get("traceparent")),
          whole);
    }

    String text(String name) {
      String text = texts.getOrDefault(name, "");
      if (text.isEmpty()) {
        throw new MalformedEventException("attribute " + name + " is missing or not a string");
      }
      if (text.length() > MAX_ATTRIBUTE_LENGTH) {
        throw new MalformedEventException("attribute " + name + " is too long");
      }
      return text;
    }

    /** A number that is there counts; one that is not a count must not be taken for none. */
    private static long number(String name, JsonParser json) {
      if (json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getLongValue() >= 0) {
        return json.getLongValue();
      }
      throw new MalformedEventException("attribute " + name + " is not a count");
    }
  }
}
