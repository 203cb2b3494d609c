package io.tollgate.metering.event;

import io.tollgate.model.Unicode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;

/**
 * Reads a posted CloudEvent in one pass and without a tree; of its data only what pointers ask for.
 *
 * <p>Ingest and aggregation both read with it, so that what one accepted the other understands. Not
 * thread-safe: it reuses its hash.
 */
public final class EventReader {

  private final Hashing hashing = new Hashing();

  /** What to look for in the data of an event's type. */
  @FunctionalInterface
  public interface Wanted {

    /** Nothing is looked for. */
    Wanted NOTHING = type -> null;

    /** The pointers into the data of a type; null for none. */
    @Nullable Pointers of(String type);
  }

  /** Reads an event from a part of a buffer. */
  public Reading read(byte[] buffer, int offset, int length) {
    if (length > EventJson.MAX_EVENT_BYTES) {
      return new Reading.Refused(
          "an event can be at most " + EventJson.MAX_EVENT_BYTES + " bytes long");
    }
    byte[] bytes = buffer;
    if (offset != 0 || length != buffer.length) {
      bytes = Arrays.copyOfRange(buffer, offset, offset + length);
    }
    return read(bytes);
  }

  /** Reads an event. */
  public Reading read(byte[] bytes) {
    return read(bytes, Wanted.NOTHING);
  }

  /** Reads an event, and on the way what is wanted of its data. */
  public Reading read(byte[] bytes, Wanted wanted) {
    try {
      PlainJson json = new PlainJson(bytes, 0, bytes.length);
      EventAttributes attributes = attributes(json, bytes, wanted);
      json.expectEnd();
      return attributes.event(hashing);
    } catch (PlainJson.NotPlainException | EventAttributes.BadAttributeException e) {
      // What follows a bad attribute may not even be JSON, which is then what is said of it.
      return general(bytes);
    }
  }

  /**
   * Reads an array of events in one pass.
   *
   * @return empty where an event is not plain or cannot be taken: then the array is taken apart
   *     first
   */
  public Optional<List<Reading>> array(byte[] body) {
    List<Reading> readings = new ArrayList<>();
    try {
      PlainJson json = new PlainJson(body, 0, body.length);
      json.expect('[');
      for (boolean first = true; json.peek() != ']'; first = false) {
        if (!first) {
          json.expect(',');
        }
        readings.add(element(json, body));
      }
      json.expect(']');
      json.expectEnd();
      return Optional.of(readings);
    } catch (PlainJson.NotPlainException | EventAttributes.BadAttributeException e) {
      return Optional.empty();
    }
  }

  private Reading element(PlainJson json, byte[] body) {
    int start = json.place();
    EventAttributes attributes = attributes(json, body, Wanted.NOTHING);
    int end = json.reached();
    if (end - start > EventJson.MAX_EVENT_BYTES) {
      throw new PlainJson.NotPlainException();
    }
    attributes.moveTo(Arrays.copyOfRange(body, start, end), start);
    return attributes.event(hashing);
  }

  private static EventAttributes attributes(PlainJson json, byte[] bytes, Wanted wanted) {
    EventAttributes attributes = new EventAttributes(bytes, wanted);
    json.expect('{');
    for (boolean first = true; json.hasMember(first); first = false) {
      attributes.take(json);
    }
    return attributes;
  }

  /** Reads any JSON. */
  Reading general(byte[] bytes) {
    if (!EventJson.isUtf8(bytes)) {
      return new Reading.Refused("an event must be encoded in UTF-8");
    }
    if (EventJson.hasHalfOfAPair(bytes)) {
      return new Reading.Refused("an event " + Unicode.NOT_WELL_FORMED);
    }
    try (JsonParser parser =
        EventJson.factory().createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Reading.Refused("an event must be a JSON object");
      }
      EventAttributes attributes = new EventAttributes(bytes, Wanted.NOTHING);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        attributes.take(parser);
      }
      if (parser.nextToken() != null) {
        return new Reading.Refused("there is something after the event");
      }
      return attributes.event(hashing);
    } catch (EventAttributes.BadAttributeException e) {
      return new Reading.Refused(String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      return new Reading.Refused("not well-formed JSON within the limits" + place(e));
    }
  }

  private static String place(JacksonException e) {
    TokenStreamLocation place = e.getLocation();
    return place == null || place.getLineNr() < 1
        ? ""
        : ", at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
  }
}
