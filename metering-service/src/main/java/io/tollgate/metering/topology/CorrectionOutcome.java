package io.tollgate.metering.topology;

import io.tollgate.metering.log.RecordKind;
import io.tollgate.model.event.WireMapper;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What came of a correction: an entry of metering's audit trail, on the topic {@value #TOPIC}.
 *
 * @param correction who, what for, why
 * @param kind what was asked for
 * @param outcome {@value #APPLIED}, of a claim {@value #CLAIMED}, or why not
 * @param partition the partition of {@code usage.events} that decided
 * @param offset where the correction lies there
 * @param tick business time of the decision
 */
public record CorrectionOutcome(
    Correction correction,
    RecordKind kind,
    String outcome,
    int partition,
    long offset,
    Optional<Instant> tick) {

  /** The topic of outcomes. */
  public static final String TOPIC = "metering.corrections";

  /** The outcome of a correction that took effect. */
  public static final String APPLIED = "applied";

  /** The outcome of a claim: the id belongs to the request, and the correction may follow. */
  public static final String CLAIMED = "claimed";

  /** The outcome as a record's value. */
  byte[] bytes() {
    return WireMapper.mapper().writeValueAsBytes(this);
  }

  /** Reads a record's value; empty for one that is none of ours. */
  public static Optional<CorrectionOutcome> read(byte @Nullable [] bytes) {
    try {
      return bytes == null ? Optional.empty() : Optional.of(of(bytes));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  /** Reads the value of a record of ours. */
  public static CorrectionOutcome of(byte[] bytes) {
    return WireMapper.mapper().readValue(bytes, CorrectionOutcome.class);
  }
}
