package io.tollgate.metering.ingest;

import io.tollgate.metering.event.EventJson;
import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Splits a request body into events; each keeps the bytes that were posted. */
final class PostedEvents {

  private final Instant now;
  private final Instant earliest;
  private final Instant latest;
  private final EventReader reader = new EventReader();

  /**
   * @param now where the clock stands
   * @param earliest no event may be older
   * @param latest no event may be newer
   */
  PostedEvents(Instant now, Instant earliest, Instant latest) {
    this.now = now;
    this.earliest = earliest;
    this.latest = latest;
  }

  /** One item of a body. */
  record Item(int index, Reading reading) {}

  /** The body as a whole cannot be read. */
  static final class UnreadableBodyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableBodyException(String message) {
      super(message, null, false, false);
    }
  }

  /** One event, or an array of events. */
  List<Item> json(byte[] body) {
    requireContent(body);
    if (!EventJson.isUtf8(body)) {
      throw new UnreadableBodyException("the body is not encoded in UTF-8");
    }
    Optional<List<Reading>> plain = reader.array(body);
    if (plain.isPresent()) {
      return numbered(plain.get());
    }
    List<Item> items = new ArrayList<>();
    try (JsonParser parser =
        EventJson.factory().createParser(ObjectReadContext.empty(), body, 0, body.length)) {
      JsonToken first = parser.nextToken();
      if (first != JsonToken.START_ARRAY) {
        return List.of(new Item(0, checked(reader.read(body))));
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        int end = (int) parser.currentLocation().getByteOffset();
        items.add(new Item(items.size(), checked(reader.read(body, start, end - start))));
      }
      if (parser.nextToken() != null) {
        throw new UnreadableBodyException("there is something after the array");
      }
    } catch (JacksonException e) {
      throw new UnreadableBodyException("the body is not well-formed JSON");
    }
    return items;
  }

  /** An empty body is a fault of its sender, as is one that unpacks to nothing. */
  private static void requireContent(byte[] body) {
    for (byte each : body) {
      if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
        return;
      }
    }
    throw new UnreadableBodyException(
        "the body is empty: post one event, an array of events or one event per line");
  }

  private List<Item> numbered(List<Reading> readings) {
    List<Item> items = new ArrayList<>(readings.size());
    for (Reading reading : readings) {
      items.add(new Item(items.size(), checked(reading)));
    }
    return items;
  }

  /** One event per line; empty lines are skipped. */
  List<Item> lines(byte[] body) {
    requireContent(body);
    List<Item> items = new ArrayList<>();
    int line = 1;
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i == body.length || body[i] == '\n') {
        int end = i > start && body[i - 1] == '\r' ? i - 1 : i;
        if (end > start) {
          items.add(new Item(line, checked(reader.read(Arrays.copyOfRange(body, start, end)))));
        }
        start = i + 1;
        line++;
      }
    }
    return items;
  }

  private Reading checked(Reading reading) {
    if (reading instanceof Reading.Read read) {
      UsageEvent event = read.event();
      if (event.time().isBefore(earliest)) {
        return new Reading.Refused(
            "time %s is before %s, and the clock is at %s; enter older usage as a correction"
                .formatted(event.time(), earliest, now));
      }
      if (event.time().isAfter(latest)) {
        return new Reading.Refused(
            "time %s is after %s, and the clock is at %s".formatted(event.time(), latest, now));
      }
    }
    return reading;
  }
}
