package io.tollgate.billing.statement;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.RatedLine;
import io.tollgate.billing.rating.Rating;
import io.tollgate.billing.rating.TierSplit;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * How a line was rated, so that a person can add it up: {@code base + parts + rounding -
 * chargedBefore} is the line's amount, to the last digit.
 *
 * <p>Amounts are texts with 6 fraction digits, quantities and unit prices texts with the digits
 * they have.
 *
 * @param priceVersion the version it was rated with
 * @param basis why it costs what it costs
 * @param freeQuantity units that the free allowance took
 * @param counterBefore what was counted of the month or cycle before this line
 * @param counterAfter the same after it
 * @param parts of the price, each of one unit price
 * @param base what a line without usage costs: a flat fee, or what lacked of a minimum
 * @param rounding what the parts lack of the amount, because a cycle's or month's sum is rounded
 *     once and not each part
 * @param rated what the line costs in all
 * @param chargedBefore how much of that earlier bills charged; of an adjustment only
 */
record RatingView(
    int priceVersion,
    RatedLine.Basis basis,
    String freeQuantity,
    CounterView counterBefore,
    CounterView counterAfter,
    List<Part> parts,
    String base,
    String rounding,
    String rated,
    String chargedBefore) {

  /** What was counted so far, and its price. */
  record CounterView(String freeUnits, String units, String amount) {

    static CounterView of(Counter counter) {
      return new CounterView(
          plain(counter.freeUnits()), plain(counter.units()), six(rounded(counter.amount())));
    }
  }

  /** Units at one price. */
  record Part(String quantity, String unitPrice, String amount) {

    static Part of(TierSplit split) {
      return new Part(
          plain(split.quantity()), plain(split.unitPrice()), six(rounded(split.amount())));
    }
  }

  /**
   * What is shown of a rating.
   *
   * @param rating as it is stored
   * @param ofUsage whether the line charges usage, and not a fee
   * @param charged the line's amount
   */
  static RatingView of(Rating rating, boolean ofUsage, BigDecimal charged) {
    BigDecimal rated = rating.amount().amount();
    BigDecimal parts =
        rating.splits().stream()
            .map(split -> rounded(split.amount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal base = ofUsage ? BigDecimal.ZERO : rated;
    return new RatingView(
        rating.priceVersion(),
        rating.basis().orElse(RatedLine.Basis.PRICED),
        plain(rating.freeQuantity()),
        CounterView.of(rating.counterBefore()),
        CounterView.of(rating.counterAfter()),
        rating.splits().stream().map(Part::of).toList(),
        six(base),
        six(rated.subtract(base).subtract(parts)),
        six(rated),
        six(rated.subtract(charged)));
  }

  private static BigDecimal rounded(BigDecimal exact) {
    return exact.setScale(Money.SCALE, RoundingMode.HALF_UP);
  }

  private static String six(BigDecimal amount) {
    return amount.setScale(Money.SCALE, RoundingMode.UNNECESSARY).toPlainString();
  }

  private static String plain(BigDecimal value) {
    return value.toPlainString();
  }
}
