package io.tollgate.model.event;

import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads instants from texts of RFC 3339; a number is none, because its unit is not known. */
public final class InstantReader extends StdScalarDeserializer<Instant> {

  public InstantReader() {
    super(Instant.class);
  }

  @Override
  public Instant deserialize(JsonParser json, DeserializationContext context) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return (Instant) context.handleUnexpectedToken(Instant.class, json);
    }
    String text = json.getString();
    try {
      return Timestamps.parse(text);
    } catch (DateTimeException e) {
      throw context.weirdStringException(text, Instant.class, "not a time of RFC 3339");
    }
  }
}
