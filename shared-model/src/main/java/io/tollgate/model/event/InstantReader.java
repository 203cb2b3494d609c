package io.tollgate.model.event;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/** Reads instants from texts of RFC 3339; a number is none, because its unit is not known. */
public final class InstantReader extends StdScalarDeserializer<Instant> {

  private final Function<String, Instant> reading;

  private InstantReader(Function<String, Instant> reading) {
    super(Instant.class);
    this.reading = reading;
  }

  /** Reads the times of requests: those that {@link Timestamps#accepted} takes. */
  public static InstantReader ofRequests() {
    return new InstantReader(Timestamps::accepted);
  }

  /** Reads the times that a service wrote. */
  public static InstantReader ofRecords() {
    return new InstantReader(Timestamps::parse);
  }

  @Override
  public Instant deserialize(JsonParser json, DeserializationContext context) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      return (Instant) context.handleUnexpectedToken(Instant.class, json);
    }
    String text = json.getString();
    try {
      return reading.apply(text);
    } catch (DateTimeException e) {
      throw context.weirdStringException(text, Instant.class, "not a time of RFC 3339");
    }
  }
}
