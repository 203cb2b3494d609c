package io.tollgate.billing.lowbalance;

import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What an account has left, and how fast it is consumed.
 *
 * @param at the business instant it is of
 * @param available funds and undrawn credit less what open cycles have come to; may be negative
 * @param burnPerDay what a day costs at the pace of the last days, in units of the currency
 */
record Outlook(Instant at, Money available, BigDecimal burnPerDay) {

  private static final int SCALE = 6;
  private static final BigDecimal SECONDS_OF_DAY =
      BigDecimal.valueOf(Duration.ofDays(1).toSeconds());

  /** Further ahead nobody can tell from a few days. */
  private static final BigDecimal MAX_DAYS = BigDecimal.valueOf(3_650);

  /** What an amount that came together over a time is for each day, rounded half up. */
  static BigDecimal perDay(Money amount, Duration over) {
    return amount
        .amount()
        .multiply(SECONDS_OF_DAY)
        .divide(BigDecimal.valueOf(over.toSeconds()), SCALE, RoundingMode.HALF_UP);
  }

  /** When nothing is left; empty while nothing is used, or it lasts for years. */
  Optional<Instant> exhaustedAt() {
    if (!available.isPositive()) {
      return burnPerDay.signum() > 0 ? Optional.of(at) : Optional.empty();
    }
    if (burnPerDay.signum() <= 0
        || available.amount().compareTo(burnPerDay.multiply(MAX_DAYS)) > 0) {
      return Optional.empty();
    }
    long seconds =
        available
            .amount()
            .multiply(SECONDS_OF_DAY)
            .divide(burnPerDay, 0, RoundingMode.DOWN)
            .longValueExact();
    return Optional.of(at.plusSeconds(seconds));
  }

  /** Whether it is below an amount. */
  boolean isBelow(Money threshold) {
    return available.compareTo(threshold) < 0;
  }

  /** Whether it is used up sooner than in that many days of 24 hours. */
  boolean endsWithin(int days) {
    Instant limit = at.plus(days, ChronoUnit.DAYS);
    return exhaustedAt().filter(end -> end.isBefore(limit)).isPresent();
  }
}
