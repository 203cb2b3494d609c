package io.tollgate.metering.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.log.EventProducer;
import io.tollgate.metering.log.LogPages;
import io.tollgate.metering.log.LogReader;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.model.event.Topics;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Header;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Events that could not be counted: why, and again once the cause is gone. */
@RestController
@RequestMapping("/v1/quarantine")
final class QuarantineController {

  private final LogPages pages;
  private final LogReader reader;
  private final EventProducer producer;

  QuarantineController(LogPages pages, LogReader reader, EventProducer producer) {
    this.pages = pages;
    this.reader = reader;
    this.producer = producer;
  }

  /**
   * A quarantined event.
   *
   * @param partition with the offset: its name
   * @param instance what was used, where that is known
   * @param reason a stable word
   * @param tick business time of the decision
   * @param event the event as posted
   */
  record Quarantined(
      int partition,
      long offset,
      Optional<String> instance,
      String reason,
      String tick,
      String event) {

    static Quarantined of(ConsumerRecord<String, byte[]> record) {
      return new Quarantined(
          record.partition(),
          record.offset(),
          Optional.ofNullable(record.key()),
          header(record, "tollgate-reason"),
          header(record, "tollgate-tick"),
          new String(record.value(), UTF_8));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
      Header header = record.headers().lastHeader(name);
      return header == null ? "" : new String(header.value(), UTF_8);
    }
  }

  /** Where a replayed event lies now. */
  record Replayed(int partition, long offset) {}

  @GetMapping
  Page<Quarantined> list(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return pages.page(Topics.USAGE_QUARANTINE, limit, cursor, Quarantined::of);
  }

  /** Puts it into the log again: it is judged anew, and counts once however often it is sent. */
  @PostMapping("/{partition}/{offset}/replay")
  ResponseEntity<Replayed> replay(@PathVariable int partition, @PathVariable long offset) {
    ConsumerRecord<String, byte[]> record =
        reader
            .at(Topics.USAGE_QUARANTINE, new LogReader.Place(partition, offset))
            .orElseThrow(() -> ProblemException.notFound("quarantined event"));
    ProducerRecord<byte[], byte[]> again =
        record.key() == null
            ? new ProducerRecord<>(Topics.USAGE_EVENTS, record.partition(), null, record.value())
            : new ProducerRecord<>(
                Topics.USAGE_EVENTS, record.key().getBytes(UTF_8), record.value());
    again.headers().add(RecordKind.HEADER, RecordKind.EVENT.headerValue());
    RecordMetadata place = producer.send(List.of(again)).getFirst();
    return ResponseEntity.accepted().body(new Replayed(place.partition(), place.offset()));
  }
}
