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
 * @param rating how it was rated
 */
public record RatedLine(
    Kind kind,
    Optional<InstanceId> instance,
    Optional<MeterKey> meter,
    SortedMap<String, String> dimensions,
    Window window,
    int revision,
    BigDecimal quantity,
    Rating rating) {

  /** What a line charges. */
  public enum Kind {
    /** Usage of one series in one window. */
    USAGE,
    /** The flat fee of an instance's cycle. */
    FLAT,
    /** What lacks of the minimum. */
    MINIMUM
  }

  /** What it costs. */
  public Money amount() {
    return rating.amount();
  }

  /** The same line once the cycle, rated again, no longer has it: it costs nothing. */
  public RatedLine costingNothing() {
    return new RatedLine(
        kind,
        instance,
        meter,
        dimensions,
        window,
        revision,
        quantity,
        Rating.ofNothing(
            rating.counterBefore(),
            rating.priceVersion(),
            rating.basis(),
            Money.zero(rating.amount().currency())));
  }

  /** The flat fee of an instance for the charged part of a cycle. */
  static RatedLine flatFee(InstanceId instance, ChargedPart part, int priceVersion, Money fee) {
    LineLeg leg = new LineLeg.FlatFee(BigDecimal.valueOf(part.days()), fee.amount());
    return ofCycle(
        Kind.FLAT, Optional.of(instance), part, Rating.ofCycle(priceVersion, List.of(leg), fee));
  }

  /**
   * What lacks of the minimum of an instance, or of all of them, for the charged part.
   *
   * @param least the minimum of that part
   * @param priced what the other lines came to, less than that
   */
  static RatedLine minimum(
      Optional<InstanceId> instance,
      ChargedPart part,
      int priceVersion,
      Money least,
      Money priced) {
    BigDecimal days = BigDecimal.valueOf(part.days());
    List<LineLeg> legs =
        List.of(
            new LineLeg.Minimum(days, least.amount()),
            new LineLeg.PricedLines(days, priced.amount().negate()));
    return ofCycle(
        Kind.MINIMUM, instance, part, Rating.ofCycle(priceVersion, legs, least.minus(priced)));
  }

  private static RatedLine ofCycle(
      Kind kind, Optional<InstanceId> instance, ChargedPart part, Rating rating) {
    return new RatedLine(
        kind,
        instance,
        Optional.empty(),
        Collections.emptySortedMap(),
        part.window(),
        0,
        BigDecimal.valueOf(part.days()),
        rating);
  }
}
