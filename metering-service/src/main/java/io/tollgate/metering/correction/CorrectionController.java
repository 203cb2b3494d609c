package io.tollgate.metering.correction;

import io.tollgate.metering.event.Reasons;
import io.tollgate.metering.log.LogPages;
import io.tollgate.metering.log.RecordKind;
import io.tollgate.metering.topology.Correction;
import io.tollgate.metering.topology.CorrectionOutcome;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Corrections of usage by operators; nothing is deleted, everything is recorded. */
@RestController
@RequestMapping("/v1/corrections")
final class CorrectionController {

  private final CorrectionWriter writer;
  private final LogPages pages;

  CorrectionController(CorrectionWriter writer, LogPages pages) {
    this.writer = writer;
    this.pages = pages;
  }

  /** What is corrected. */
  enum Kind {
    VOID,
    AMEND,
    ADD
  }

  /**
   * A correction asked for.
   *
   * @param source VOID: the event's source
   * @param instance VOID and ADD: the instance
   * @param id VOID: the event's id
   * @param event AMEND: the whole event as it should have been, with its identity
   * @param meter ADD: which meter
   * @param dimensions ADD: exactly the meter's dimensions
   * @param time ADD: an instant of the windows
   * @param quantity ADD: how much; negative takes away, never below 0
   * @param reason why
   */
  record Request(
      Kind kind,
      @Nullable String source,
      @Nullable InstanceId instance,
      @Nullable String id,
      @Nullable JsonNode event,
      @Nullable MeterKey meter,
      @Nullable Map<String, String> dimensions,
      @Nullable Instant time,
      @Nullable BigDecimal quantity,
      String reason) {
    Request {
      kind = Fields.required("kind", kind);
      reason = ReasonText.required(reason);
    }
  }

  /**
   * What came of a correction, with a sentence.
   *
   * @param outcome a stable word
   * @param detail what it means
   */
  record View(
      Correction correction,
      RecordKind kind,
      String outcome,
      String detail,
      int partition,
      long offset,
      Optional<Instant> tick) {

    static View of(CorrectionOutcome said) {
      return new View(
          said.correction(),
          said.kind(),
          said.outcome(),
          Reasons.sentence(said.outcome()),
          said.partition(),
          said.offset(),
          said.tick());
    }
  }

  @PostMapping
  ResponseEntity<View> post(
      Caller caller, IdempotentRequest request, @RequestBody Request correction) {
    View view = View.of(writer.apply(caller, request.requireKey(), correction));
    if (view.outcome().equals(CorrectionOutcome.APPLIED)) {
      return ResponseEntity.ok(view);
    }
    throw new ProblemException(
        HttpStatus.UNPROCESSABLE_CONTENT,
        view.outcome(),
        "The correction was not applied. " + view.detail(),
        Map.of("correction", view));
  }

  @GetMapping
  Page<View> list(@RequestParam Optional<Integer> limit, @RequestParam Optional<String> cursor) {
    return pages.page(
        CorrectionOutcome.TOPIC,
        limit,
        cursor,
        record ->
            CorrectionOutcome.read(record.value())
                .filter(said -> said.kind() != RecordKind.CLAIM)
                .map(View::of));
  }
}
