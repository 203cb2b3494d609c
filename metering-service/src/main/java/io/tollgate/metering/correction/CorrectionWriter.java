package io.tollgate.metering.correction;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.aggregation.Value;
import io.tollgate.metering.correction.CorrectionController.Request;
import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Identity;
import io.tollgate.metering.event.Reading;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.log.EventLookup;
import io.tollgate.metering.log.EventPack;
import io.tollgate.metering.log.EventProducer;
import io.tollgate.metering.log.LogReader;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.metering.topology.Addition;
import io.tollgate.metering.topology.Correction;
import io.tollgate.metering.topology.CorrectionOutcome;
import io.tollgate.metering.topology.LiveState;
import io.tollgate.model.Hashes;
import io.tollgate.model.Unicode;
import io.tollgate.model.event.Topics;
import io.tollgate.support.messaging.KeyPartitions;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Puts corrections into the log and waits for what comes of them. */
@Component
final class CorrectionWriter {

  /** 128 bits of a hash. */
  private static final int DIGITS = 32;

  private final EventProducer producer;
  private final LogReader reader;
  private final EventLookup events;
  private final KeyPartitions partitions;
  private final LiveState state;
  private final JsonMapper mapper;

  CorrectionWriter(
      EventProducer producer,
      LogReader reader,
      EventLookup events,
      KeyPartitions partitions,
      LiveState state,
      JsonMapper mapper) {
    this.producer = producer;
    this.reader = reader;
    this.events = events;
    this.partitions = partitions;
    this.state = state;
    this.mapper = mapper;
  }

  /** Appends the correction and returns its outcome. */
  CorrectionOutcome apply(Caller caller, String key, Request request) {
    ProducerRecord<byte[], byte[]> record =
        switch (request.kind()) {
          case VOID -> voided(request);
          case AMEND -> amended(request);
          case ADD -> added(request);
        };
    Correction correction =
        new Correction(
            idOf(caller, key),
            Hashes.sha256(mapper.writeValueAsString(request), DIGITS),
            caller.subject(),
            request.reason());
    correction.write(record.headers());
    int partition = partitions.of(new String(record.key(), UTF_8));
    LogReader.Place end = reader.end(CorrectionOutcome.TOPIC, partition);
    producer.send(List.of(record));
    return reader
        .await(CorrectionOutcome.TOPIC, end, said -> correction.id().equals(said.key()))
        .map(said -> CorrectionOutcome.of(said.value()))
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    "correction-waiting",
                    "the correction is stored but not yet decided; retry with the same key"));
  }

  private ProducerRecord<byte[], byte[]> voided(Request request) {
    String source = needed("source", request.source());
    String instance = needed("instance", request.instance()).value();
    String id = needed("id", request.id());
    Original original = original(instance, Identity.of(source, instance, id));
    ProducerRecord<byte[], byte[]> record = record(RecordKind.VOID, instance, original.event());
    original.write(record.headers());
    return record;
  }

  private ProducerRecord<byte[], byte[]> amended(Request request) {
    byte[] bytes = bytes(needed("event", request.event()));
    UsageEvent event =
        switch (new EventReader().read(bytes)) {
          case Reading.Read read -> read.event();
          case Reading.Refused refused -> throw ProblemException.invalid("event", refused.reason());
        };
    Original original = original(event.instance(), event.identity());
    ProducerRecord<byte[], byte[]> record = record(RecordKind.AMEND, event.instance(), bytes);
    original.write(record.headers());
    record.headers().add(Correction.ORIGINAL, original.event());
    return record;
  }

  private byte[] bytes(JsonNode event) {
    try {
      return mapper.writeValueAsBytes(event);
    } catch (JacksonException e) {
      throw ProblemException.invalid("event", Unicode.NOT_WELL_FORMED);
    }
  }

  private static ProducerRecord<byte[], byte[]> added(Request request) {
    String instance = needed("instance", request.instance()).value();
    Map<String, String> dimensions = request.dimensions() == null ? Map.of() : request.dimensions();
    if (!dimensions.values().stream().allMatch(Value::isDimension)) {
      throw ProblemException.invalid(
          "dimensions",
          "values must be well-formed texts of at most " + Value.MAX_TEXT + " characters");
    }
    Addition addition =
        new Addition(
            instance,
            needed("meter", request.meter()).value(),
            new TreeMap<>(dimensions),
            needed("time", request.time()),
            needed("quantity", request.quantity()));
    return record(RecordKind.ADD, instance, addition.bytes());
  }

  /** An event as it was counted, where it lies and who posted it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Original(byte[] event, long position, String platform) {

    void write(Headers headers) {
      Correction.writePosition(headers, position);
      headers.add(EventPack.PLATFORM, platform.getBytes(UTF_8));
    }
  }

  private Original original(String instance, Identity identity) {
    OptionalLong position = state.positionOf(identity);
    if (position.isPresent()) {
      var found = events.at(partitions.of(instance), position.getAsLong());
      if (found.isPresent()) {
        return new Original(found.get().event(), position.getAsLong(), found.get().platform());
      }
    }
    throw new ProblemException(
        HttpStatus.NOT_FOUND,
        "event-not-remembered",
        "no such event was counted within the acceptance period; use ADD to correct older usage");
  }

  private static ProducerRecord<byte[], byte[]> record(
      RecordKind kind, String instance, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.USAGE_EVENTS, instance.getBytes(UTF_8), value);
    record.headers().add(RecordKind.HEADER, kind.headerValue());
    return record;
  }

  /** The id of a correction: the same caller and key make the same. */
  static String idOf(Caller caller, String key) {
    return Hashes.sha256(caller.subject() + "\n" + key, DIGITS);
  }

  private static <T> T needed(String field, @Nullable T value) {
    if (value == null) {
      throw ProblemException.invalid(field, "is needed for this kind of correction");
    }
    return value;
  }
}
