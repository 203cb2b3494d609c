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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts corrections into the log and waits for what comes of them.
 *
 * <p>First the key is claimed for the request, in the partition of the key; then the correction
 * goes to the partition of its instance. So one key is one correction, whatever the instances: of
 * requests at the same time the log takes one. Whoever ends in between has corrected nothing, and
 * goes on when the request is sent again.
 */
@Component
final class CorrectionWriter {

  private static final byte[] NOTHING = {};

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

  /**
   * Appends the correction and returns its outcome.
   *
   * @throws ProblemException 422 for a key used with another request, 503 while it is undecided
   */
  CorrectionOutcome apply(Caller caller, String key, Request request) {
    Correction correction =
        new Correction(
            idOf(caller, key),
            Hashes.sha256(mapper.writeValueAsString(request), DIGITS),
            caller.subject(),
            request.reason());
    var unused = recordOf(correction, request); // what is refused claims no key
    claim(correction);
    // The event may have been amended while the key was claimed: it lies elsewhere then.
    return decided(
        recordOf(correction, request),
        correction,
        "the correction is not decided yet; retry with the same key");
  }

  private ProducerRecord<byte[], byte[]> recordOf(Correction correction, Request request) {
    return switch (request.kind()) {
      case VOID -> voided(correction.id(), request);
      case AMEND -> amended(correction.id(), request);
      case ADD -> added(request);
    };
  }

  private void claim(Correction correction) {
    CorrectionOutcome claim =
        decided(
            record(RecordKind.CLAIM, correction.id(), NOTHING),
            correction,
            "the key is not claimed yet, and nothing is corrected; retry with the same key");
    if (!claim.outcome().equals(CorrectionOutcome.CLAIMED)) {
      throw ProblemException.keyReused();
    }
  }

  /**
   * Appends a record and waits for what the log says of it, or of the same one sent before.
   *
   * @param undecided the detail of the answer when it takes too long
   */
  private CorrectionOutcome decided(
      ProducerRecord<byte[], byte[]> record, Correction correction, String undecided) {
    correction.write(record.headers());
    LogReader.Place end = reader.end(CorrectionOutcome.TOPIC, partitions.of(record.key()));
    var unused = producer.send(List.of(record));
    return reader
        .await(CorrectionOutcome.TOPIC, end, said -> isOf(record, correction, said))
        .map(said -> CorrectionOutcome.of(said.value()))
        .orElseThrow(
            () ->
                new ProblemException(
                    HttpStatus.SERVICE_UNAVAILABLE, "correction-waiting", undecided));
  }

  /** Other requests with the same key, and the claim of this one, are answered there too. */
  private static boolean isOf(
      ProducerRecord<byte[], byte[]> record,
      Correction correction,
      ConsumerRecord<String, byte[]> said) {
    if (!correction.id().equals(said.key())) {
      return false;
    }
    CorrectionOutcome outcome = CorrectionOutcome.of(said.value());
    return RecordKind.of(record.headers()).filter(kind -> kind == outcome.kind()).isPresent()
        && outcome.correction().request().equals(correction.request());
  }

  private ProducerRecord<byte[], byte[]> voided(String correction, Request request) {
    String source = needed("source", request.source());
    String instance = needed("instance", request.instance()).value();
    String id = needed("id", request.id());
    Optional<Original> original = original(correction, instance, Identity.of(source, instance, id));
    ProducerRecord<byte[], byte[]> record =
        record(RecordKind.VOID, instance, original.map(Original::event).orElse(NOTHING));
    original.ifPresent(event -> event.write(record.headers()));
    return record;
  }

  private ProducerRecord<byte[], byte[]> amended(String correction, Request request) {
    byte[] bytes = bytes(needed("event", request.event()));
    UsageEvent event =
        switch (new EventReader().read(bytes)) {
          case Reading.Read read -> read.event();
          case Reading.Refused refused -> throw ProblemException.invalid("event", refused.reason());
        };
    Optional<Original> original = original(correction, event.instance(), event.identity());
    ProducerRecord<byte[], byte[]> record = record(RecordKind.AMEND, event.instance(), bytes);
    original.ifPresent(
        before -> {
          before.write(record.headers());
          record.headers().add(Correction.ORIGINAL, before.event());
        });
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

  /** Empty when the event is forgotten, but its correction was decided before. */
  private Optional<Original> original(String correction, String instance, Identity identity) {
    int partition = partitions.of(instance);
    OptionalLong position = state.positionOf(identity);
    if (position.isPresent()) {
      var found = events.at(partition, position.getAsLong());
      if (found.isPresent()) {
        return Optional.of(
            new Original(found.get().event(), position.getAsLong(), found.get().platform()));
      }
    }
    if (state.hasDecided(correction, partition)) {
      return Optional.empty();
    }
    throw new ProblemException(
        HttpStatus.NOT_FOUND,
        "event-not-remembered",
        "no such event was counted within the acceptance period; use ADD to correct older usage");
  }

  private static ProducerRecord<byte[], byte[]> record(RecordKind kind, String key, byte[] value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(Topics.USAGE_EVENTS, key.getBytes(UTF_8), value);
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
