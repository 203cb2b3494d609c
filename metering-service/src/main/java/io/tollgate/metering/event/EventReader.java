package io.tollgate.metering.event;

import io.tollgate.model.Identifiers;
import io.tollgate.model.Unicode;
import io.tollgate.model.event.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * Reads a posted CloudEvent in one pass, without a tree and without touching its data.
 *
 * <p>Ingest and aggregation both read with it, so that what one accepted the other understands. Not
 * thread-safe: it reuses its hash.
 */
public final class EventReader {

  private static final int MAX_TEXT = 256;

  private final Hashing hashing = new Hashing();

  /** Reads an event from a part of a buffer. */
  public Reading read(byte[] buffer, int offset, int length) {
    if (length > EventJson.MAX_EVENT_BYTES) {
      return new Reading.Refused(
          "an event is at most " + EventJson.MAX_EVENT_BYTES + " bytes long");
    }
    byte[] bytes = buffer;
    if (offset != 0 || length != buffer.length) {
      bytes = java.util.Arrays.copyOfRange(buffer, offset, offset + length);
    }
    return read(bytes);
  }

  /** Reads an event. */
  public Reading read(byte[] bytes) {
    try {
      return plain(bytes).event(hashing);
    } catch (PlainJson.NotPlainException e) {
      return general(bytes);
    } catch (BadAttributeException e) {
      return new Reading.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Attributes plain(byte[] bytes) {
    PlainJson json = new PlainJson(bytes, 0, bytes.length);
    Attributes attributes = new Attributes(bytes);
    json.expect('{');
    for (boolean first = true; json.hasMember(first); first = false) {
      attributes.take(json);
    }
    json.expectEnd();
    return attributes;
  }

  /** Reads any JSON. */
  Reading general(byte[] bytes) {
    if (!EventJson.isUtf8(bytes)) {
      return new Reading.Refused("an event is encoded in UTF-8");
    }
    if (EventJson.hasHalfOfAPair(bytes)) {
      return new Reading.Refused("an event " + Unicode.NOT_WELL_FORMED);
    }
    try (JsonParser parser =
        EventJson.factory().createParser(ObjectReadContext.empty(), bytes, 0, bytes.length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Reading.Refused("an event is a JSON object");
      }
      Attributes attributes = new Attributes(bytes);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        attributes.take(parser);
      }
      if (parser.nextToken() != null) {
        return new Reading.Refused("something follows the event");
      }
      return attributes.event(hashing);
    } catch (BadAttributeException e) {
      return new Reading.Refused(String.valueOf(e.getMessage()));
    } catch (JacksonException e) {
      return new Reading.Refused("not well-formed JSON within our bounds");
    }
  }

  private static final class BadAttributeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadAttributeException(String message) {
      super(message, null, false, false);
    }
  }

  private static final class Attributes {
    private final byte[] bytes;
    private @Nullable String specVersion;
    private @Nullable String source;
    private @Nullable String subject;
    private @Nullable String id;
    private @Nullable String type;
    private @Nullable String time;
    private @Nullable String contentType;
    private @Nullable String base64;
    private int dataOffset;
    private int dataLength;
    private boolean hasData;

    Attributes(byte[] bytes) {
      this.bytes = bytes;
    }

    void take(JsonParser parser) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("data")) {
        takeData(parser);
        hasData = value != JsonToken.VALUE_NULL;
      } else if (name.equals("data_base64") && value == JsonToken.VALUE_NULL) {
        base64 = null;
      } else if (name.equals("data_base64") && value == JsonToken.VALUE_STRING) {
        base64 = parser.getString();
      } else if (name.equals("datacontenttype") && value == JsonToken.VALUE_STRING) {
        contentType = checked(name, parser.getString());
      } else if (!isRead(name)) {
        parser.skipChildren();
      } else if (value == JsonToken.VALUE_STRING) {
        take(name, parser.getString());
      } else {
        throw new BadAttributeException(name + " must be a text");
      }
    }

    void take(PlainJson json) {
      String name = json.name();
      if (name.equals("data")) {
        dataOffset = json.place();
        dataLength = json.skip() - dataOffset;
      } else if (name.equals("data_base64")) {
        throw new PlainJson.NotPlainException();
      } else if (isRead(name)) {
        take(name, json.text());
      } else {
        int unused = json.skip();
      }
    }

    private static boolean isRead(String name) {
      return switch (name) {
        case "specversion", "source", "subject", "id", "type", "time", "data_base64" -> true;
        default -> false;
      };
    }

    private void take(String name, String value) {
      String text = checked(name, value);
      switch (name) {
        case "specversion" -> specVersion = text;
        case "source" -> source = text;
        case "subject" -> subject = text;
        case "id" -> id = text;
        case "type" -> type = text;
        case "time" -> time = text;
        default -> throw new IllegalArgumentException(name);
      }
    }

    private void takeData(JsonParser parser) {
      dataOffset = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      dataLength = (int) parser.currentLocation().getByteOffset() - dataOffset;
    }

    private static String checked(String name, String text) {
      if (text.isEmpty() || text.length() > MAX_TEXT) {
        throw new BadAttributeException(name + " must have 1 to " + MAX_TEXT + " characters");
      }
      for (int i = 0; i < text.length(); i++) {
        if (Character.isISOControl(text.charAt(i))) {
          throw new BadAttributeException(name + " must not have control characters");
        }
      }
      return text;
    }

    Reading event(Hashing hashing) {
      if (!"1.0".equals(required("specversion", specVersion))) {
        throw new BadAttributeException("specversion '" + specVersion + "' must be 1.0");
      }
      String eventSource = required("source", source);
      String instance = required("subject", subject);
      if (!Identifiers.isValid(instance)) {
        throw new BadAttributeException(
            "subject '"
                + instance
                + "' must name an instance: 1 to 128 of A-Z a-z 0-9 . _ : -, the first a letter or"
                + " digit");
      }
      String eventId = required("id", id);
      String eventType = required("type", type);
      Instant at = instant(required("time", time));
      byte[] data = decodedData();
      return new Reading.Read(
          new UsageEvent(
              eventSource,
              instance,
              eventId,
              eventType,
              at,
              bytes,
              data,
              dataOffset,
              dataLength,
              hashing.identity(eventSource, instance, eventId),
              hashing.payload(eventType, at, data, dataOffset, dataLength)));
    }

    /** Where the data lies: in the event's bytes, unless it was posted in base64. */
    private byte[] decodedData() {
      if (base64 == null) {
        return bytes;
      }
      if (hasData) {
        throw new BadAttributeException("an event has data or data_base64, not both");
      }
      byte[] data;
      try {
        data = EncodedData.decoded(base64, contentType);
      } catch (IllegalArgumentException e) {
        throw new BadAttributeException(String.valueOf(e.getMessage()));
      }
      dataOffset = 0;
      dataLength = data.length;
      return data;
    }

    private static String required(String name, @Nullable String value) {
      if (value == null) {
        throw new BadAttributeException(name + " is missing");
      }
      return value;
    }

    private static Instant instant(String text) {
      try {
        Instant at = Timestamps.parse(text);
        long year = at.getEpochSecond() / 31_556_952 + 1970;
        if (year < 1971 || year > 9000) {
          throw new BadAttributeException("time '" + text + "' is out of any range");
        }
        return at.truncatedTo(ChronoUnit.MICROS);
      } catch (DateTimeException e) {
        throw new BadAttributeException(
            "time '" + text + "' must be an RFC 3339 time, such as 2026-03-01T08:00:00+08:00");
      }
    }
  }
}
