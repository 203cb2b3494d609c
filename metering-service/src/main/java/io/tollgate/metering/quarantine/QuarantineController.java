package io.tollgate.metering.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.event.Reasons;
import io.tollgate.metering.log.EventPack;
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
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
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
   * @param detail what it means
   * @param tick business time of the decision
   * @param event the event as posted
   */
  record Quarantined(
      int partition,
      long offset,
      Optional<String> instance,
      String reason,
      String detail,
      String tick,
      String event) {

    static Quarantined of(ConsumerRecord<String, byte[]> record) {
      String reason = header(record, "tollgate-reason");
      return new Quarantined(
          record.partition(),
          record.offset(),
          Optional.ofNullable(record.key()),
          reason,
          Reasons.sentence(reason),
          header(record, "tollgate-tick"),
          text(record.value()));
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
      Header header = record.headers().lastHeader(name);
      return header == null ? "" : text(header.value());
    }

    private static String text(byte @Nullable [] bytes) {
      return bytes == null ? "" : new String(bytes, UTF_8);
    }
  }

  /** Where a replayed event lies now. */
  record Replayed(int partition, long offset) {}

  @GetMapping
  Page<Quarantined> list(
      @RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return pages.page(
        Topics.USAGE_QUARANTINE, limit, cursor, record -> Optional.of(Quarantined.of(record)));
  }

  /**
   * Puts it into the log again: it is judged anew, and counts once however often it is sent.
   *
   * @throws ProblemException 422 for a record whose events nobody can tell still
   */
  @PostMapping("/{partition}/{offset}/replay")
  ResponseEntity<Replayed> replay(@PathVariable int partition, @PathVariable long offset) {
    ConsumerRecord<String, byte[]> record =
        reader
            .at(Topics.USAGE_QUARANTINE, new LogReader.Place(partition, offset))
            .orElseThrow(() -> ProblemException.notFound("quarantined event"));
    RecordMetadata place = producer.send(List.of(again(record))).getFirst();
    return ResponseEntity.accepted().body(new Replayed(place.partition(), place.offset()));
  }

  private static ProducerRecord<byte[], byte[]> again(ConsumerRecord<String, byte[]> record) {
    byte @Nullable [] key = record.key() == null ? null : record.key().getBytes(UTF_8);
    ProducerRecord<byte[], byte[]> again =
        new ProducerRecord<>(Topics.USAGE_EVENTS, record.partition(), key, record.value());
    RecordKind kind = RecordKind.of(record.headers()).orElse(null);
    if (kind == RecordKind.EVENTS
        && EventPack.events(record.value(), record.headers()).isPresent()) {
      again.headers().add(record.headers().lastHeader(EventPack.LENGTHS));
    } else if (kind != RecordKind.EVENT) {
      throw new ProblemException(
          HttpStatus.UNPROCESSABLE_CONTENT,
          "not-replayable",
          "the quarantined record could not be split into events");
    }
    again.headers().add(RecordKind.HEADER, kind.headerValue());
    again.headers().add(EventPack.PLATFORM, EventPack.platform(record.headers()).getBytes(UTF_8));
    return again;
  }
}
