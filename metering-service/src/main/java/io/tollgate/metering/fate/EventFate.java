package io.tollgate.metering.fate;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.event.Reasons;
import io.tollgate.metering.topology.Uncounted;
import io.tollgate.model.Granularity;
import io.tollgate.model.MeterKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The fate of an event.
 *
 * @param source with the instance and the id: its identity
 * @param platform who posted it
 * @param fate in one word
 * @param reason a stable word; of a refusal, why
 * @param detail what it means
 * @param type its CloudEvents type
 * @param time when it was used
 * @param totals where it counts, while it does; empty for a platform that does not run the instance
 * @param duplicates how often it was posted again, as far as that is remembered
 * @param refusals what else came under its identity and was refused
 */
record EventFate(
    String source,
    String instance,
    String id,
    String platform,
    Fate fate,
    String reason,
    String detail,
    Optional<String> type,
    Optional<Instant> time,
    List<Total> totals,
    long duplicates,
    List<Refusal> refusals) {

  /** What an event can have come to. */
  enum Fate {
    /** It is in the totals. */
    COUNTED,
    /** It is in the totals, as amended by an operator. */
    AMENDED,
    /** An operator has voided it. */
    VOIDED,
    /** Nobody has registered its instance yet. */
    WAITING,
    /** It had been posted already, and counts once. */
    DUPLICATE,
    /** It was refused. */
    QUARANTINED;

    /** The fate of an event that was not counted when it came. */
    static Fate of(String reason) {
      return switch (reason) {
        case Uncounted.DUPLICATE -> DUPLICATE;
        case Uncounted.WAITING -> WAITING;
        default -> QUARANTINED;
      };
    }
  }

  /**
   * A total that holds the event.
   *
   * @param quantity of the whole window so far, with all other events
   * @param revision the last one emitted; 0 while the window is open
   */
  record Total(
      MeterKey meter,
      SortedMap<String, String> dimensions,
      Granularity granularity,
      Instant windowStart,
      Instant windowEnd,
      String quantity,
      int revision) {

    static Total of(SeriesKey key, SeriesState state) {
      return new Total(
          key.meter(),
          key.dimensions(),
          key.granularity(),
          key.windowStart(),
          Instant.ofEpochSecond(state.windowEnd()),
          state.quantity().toPlainString(),
          state.revision());
    }
  }

  /**
   * Another event of the same identity that was refused.
   *
   * @param reason a stable word
   * @param detail what it means
   * @param tick business time of the decision
   */
  record Refusal(String reason, String detail, Instant tick) {

    static Refusal of(Uncounted event) {
      return new Refusal(event.reason(), Reasons.sentence(event.reason()), event.tick());
    }
  }
}
