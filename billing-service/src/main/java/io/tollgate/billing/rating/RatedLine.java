package io.tollgate.billing.rating;

import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Money;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One charge line with everything that is needed to rate it again and to explain it.
 *
 * @param kind what is charged
 * @param instance the instance that bears it; empty on a minimum that all instances share
 * @param meter the meter of usage
 * @param dimensions the series' dimension values
 * @param window the usage window; of a flat fee or minimum from the first to the last charged
 *     instant of the cycle
 * @param revision the usage revision; 0 without usage
 * @param quantity units used; of a flat fee or minimum the started days that count
 * @param freeQuantity units of them that the free allowance took
 * @param counterBefore the counter as the line found it, each number in the scope its price gives
 * @param counterAfter the counter as the line left it
 * @param priceVersion the version it was rated with
 * @param splits the parts of the price; empty for what costs nothing, for flat fees and minimums
 * @param basis why it costs what it costs
 * @param amount what it costs: of usage {@code round(counterAfter.amount) -
 *     round(counterBefore.amount)}
 */
public record RatedLine(
    Kind kind,
    Optional<InstanceId> instance,
    Optional<MeterKey> meter,
    SortedMap<String, String> dimensions,
    Window window,
    int revision,
    BigDecimal quantity,
    BigDecimal freeQuantity,
    Counter counterBefore,
    Counter counterAfter,
    int priceVersion,
    List<TierSplit> splits,
    Basis basis,
    Money amount) {

  /** Why a line costs what it costs. */
  public enum Basis {
    /** Its price version prices it. */
    PRICED,
    /** Its price version does not name the meter: it costs nothing and is reported. */
    UNPRICED,
    /** The instance was suspended all the window long, and is not charged then (C2.3). */
    SUSPENDED
  }

  /** What a line charges. */
  public enum Kind {
    /** Usage of one series in one window. */
    USAGE,
    /** The flat fee of an instance's cycle. */
    FLAT,
    /** What lacks of the minimum. */
    MINIMUM
  }

  /** A line without usage. */
  static RatedLine ofCycle(
      Kind kind, Optional<InstanceId> instance, ChargedPart part, int priceVersion, Money amount) {
    return new RatedLine(
        kind,
        instance,
        Optional.empty(),
        Collections.emptySortedMap(),
        part.window(),
        0,
        BigDecimal.valueOf(part.days()),
        BigDecimal.ZERO,
        Counter.ZERO,
        Counter.ZERO,
        priceVersion,
        List.of(),
        Basis.PRICED,
        amount);
  }
}
