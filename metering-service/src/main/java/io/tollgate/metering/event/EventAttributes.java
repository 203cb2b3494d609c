package io.tollgate.metering.event;

import io.tollgate.model.Identifiers;
import io.tollgate.model.event.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The attributes of one event, as they are read one after the other; then the event. */
final class EventAttributes {

  private static final int MAX_TEXT = 256;

  /** An attribute is missing or has no acceptable value; the message says which. */
  static final class BadAttributeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadAttributeException(String message) {
      super(message, null, false, false);
    }
  }

  private final EventReader.Wanted wanted;
  private byte[] bytes;
  private @Nullable String specVersion;
  private @Nullable String source;
  private @Nullable String subject;
  private @Nullable String id;
  private @Nullable String type;
  private @Nullable String time;
  private @Nullable String contentType;
  private @Nullable String base64;
  private boolean hasReadBase64;
  private int dataOffset;
  private int dataLength;
  private boolean hasData;
  private @Nullable String typeOfFound;
  private Pointers.@Nullable Found found;

  EventAttributes(byte[] bytes, EventReader.Wanted wanted) {
    this.bytes = bytes;
    this.wanted = wanted;
  }

  /** What was read lies in bytes of its own from now on. */
  void moveTo(byte[] own, int start) {
    bytes = own;
    dataOffset = dataLength == 0 ? 0 : dataOffset - start;
  }

  void take(JsonParser parser) {
    String name = parser.currentName();
    JsonToken value = parser.nextToken();
    if (name.equals("data")) {
      takeData(parser);
      hasData = value != JsonToken.VALUE_NULL;
    } else if (name.equals("data_base64") && value == JsonToken.VALUE_NULL) {
      requireFirstBase64();
    } else if (name.equals("data_base64") && value == JsonToken.VALUE_STRING) {
      requireFirstBase64();
      base64 = parser.getString();
    } else if (name.equals("datacontenttype") && value == JsonToken.VALUE_STRING) {
      contentType = checked(name, parser.getString());
    } else if (!isRead(name)) {
      parser.skipChildren();
    } else if (value == JsonToken.VALUE_STRING) {
      take(name, parser.getString());
    } else {
      throw new BadAttributeException(name + " must be a string");
    }
  }

  void take(PlainJson json) {
    String name = json.name();
    if (name.equals("data")) {
      takeData(json);
    } else if (name.equals("data_base64")) {
      throw new PlainJson.NotPlainException();
    } else if (isRead(name)) {
      take(name, json.text());
    } else {
      int unused = json.skip();
    }
  }

  private static String once(String name, @Nullable String earlier, String text) {
    if (earlier != null) {
      throw twice(name);
    }
    return text;
  }

  private static BadAttributeException twice(String name) {
    return new BadAttributeException(name + " is given twice");
  }

  private void requireFirstBase64() {
    if (hasReadBase64) {
      throw twice("data_base64");
    }
    hasReadBase64 = true;
  }

  /** A value has at least one byte, so data of none has not been read yet. */
  private void requireFirstData() {
    if (dataLength != 0) {
      throw twice("data");
    }
  }

  private void takeData(PlainJson json) {
    requireFirstData();
    dataOffset = json.place();
    typeOfFound = type;
    Pointers pointers = type == null ? null : wanted.of(type);
    if (pointers == null) {
      found = null;
      int unused = json.skip();
    } else {
      found = pointers.read(json);
    }
    dataLength = json.reached() - dataOffset;
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
      case "specversion" -> specVersion = once(name, specVersion, text);
      case "source" -> source = once(name, source, text);
      case "subject" -> subject = once(name, subject, text);
      case "id" -> id = once(name, id, text);
      case "type" -> type = once(name, type, text);
      case "time" -> time = once(name, time, text);
      default -> throw new IllegalArgumentException(name);
    }
  }

  private void takeData(JsonParser parser) {
    requireFirstData();
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
              + "' must name an instance: 1 to 128 characters of A-Z a-z 0-9 . _ : -, starting with"
              + " a letter or digit");
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
            hashing.payload(eventType, at, data, dataOffset, dataLength),
            eventType.equals(typeOfFound) ? found : null));
  }

  /** Where the data lies: in the event's bytes, unless it was posted in base64. */
  private byte[] decodedData() {
    if (base64 == null) {
      return bytes;
    }
    if (hasData) {
      throw new BadAttributeException("an event can have data or data_base64, not both");
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
      return Timestamps.accepted(text).truncatedTo(ChronoUnit.MICROS);
    } catch (DateTimeException e) {
      throw new BadAttributeException(
          "time '%s' must be an RFC 3339 time %s, such as 2026-03-01T08:00:00+08:00"
              .formatted(text, Timestamps.RANGE));
    }
  }
}
