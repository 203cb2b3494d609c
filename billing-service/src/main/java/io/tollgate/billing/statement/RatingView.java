package io.tollgate.billing.statement;

import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.LineLeg;
import io.tollgate.billing.rating.Rating;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * How a line was rated, so that a person can verify it: {@code legs + rounding - chargedBefore} is
 * the line's amount, to the last digit.
 *
 * <p>Amounts are texts with 6 fraction digits, quantities and unit prices texts with the digits
 * they have.
 *
 * @param priceVersion the version it was rated with
 * @param basis why it costs what it costs
 * @param counterBefore what was counted of the month or cycle before this line
 * @param counterAfter the same after it
 * @param legs the split, in the order of deduction
 * @param rounding what the legs lack of the amount, because a cycle's or month's sum is rounded
 *     once and not each leg
 * @param rated what the line costs in all
 * @param chargedBefore how much of that earlier bills charged; of an adjustment only
 */
record RatingView(
    int priceVersion,
    Rating.Basis basis,
    CounterView counterBefore,
    CounterView counterAfter,
    List<LegView> legs,
    String rounding,
    String rated,
    String chargedBefore) {

  /** The units counted so far, and their price. */
  record CounterView(String freeUnits, String units, String amount) {

    static CounterView of(Counter counter) {
      return new CounterView(
          plain(counter.freeUnits()), plain(counter.units()), six(rounded(counter.amount())));
    }
  }

  /** A leg, whatever its kind. */
  record LegView(LineLeg.Kind kind, String quantity, Optional<String> unitPrice, String amount) {

    static LegView of(LineLeg leg) {
      return new LegView(
          leg.kind(),
          plain(leg.quantity()),
          leg.unitPrice().map(RatingView::plain),
          six(rounded(leg.amount())));
    }
  }

  /**
   * What is shown of a rating.
   *
   * @param rating as it is stored
   * @param charged the line's amount
   */
  static RatingView of(Rating rating, BigDecimal charged) {
    BigDecimal rated = rating.amount().amount();
    BigDecimal legs =
        rating.legs().stream()
            .map(leg -> rounded(leg.amount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new RatingView(
        rating.priceVersion(),
        rating.basis(),
        CounterView.of(rating.counterBefore()),
        CounterView.of(rating.counterAfter()),
        rating.legs().stream().map(LegView::of).toList(),
        six(rated.subtract(legs)),
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
