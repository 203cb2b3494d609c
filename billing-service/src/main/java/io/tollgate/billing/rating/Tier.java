package io.tollgate.billing.rating;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A tier of a price table; it begins after the bound of the previous tier.
 *
 * @param upTo the last unit inside; empty on the last tier, which has no end
 * @param unitPrice price of a unit
 */
public record Tier(Optional<BigDecimal> upTo, BigDecimal unitPrice) {

  /** Most tiers of a table: a bound on the work of one line. */
  public static final int MAX_TIERS = 100;

  public Tier {
    upTo = upTo.map(bound -> Decimals.positive("upTo", bound));
    unitPrice = Decimals.price("unitPrice", unitPrice);
  }

  /** Whether this tier ends at or after a quantity. */
  boolean reaches(BigDecimal quantity) {
    return upTo.isEmpty() || upTo.get().compareTo(quantity) >= 0;
  }

  /** The table, when its bounds rise and only the last tier is open. */
  static List<Tier> table(List<Tier> tiers) {
    if (tiers.isEmpty() || tiers.size() > MAX_TIERS) {
      throw new IllegalArgumentException("tiers: 1 to " + MAX_TIERS + " are needed");
    }
    for (int i = 0; i < tiers.size() - 1; i++) {
      BigDecimal bound =
          tiers
              .get(i)
              .upTo()
              .orElseThrow(
                  () -> new IllegalArgumentException("tiers: only the last one has no upTo"));
      if (tiers.get(i + 1).upTo().filter(next -> next.compareTo(bound) <= 0).isPresent()) {
        throw new IllegalArgumentException("tiers: each upTo must be above the one before");
      }
    }
    if (tiers.getLast().upTo().isPresent()) {
      throw new IllegalArgumentException("tiers: the last one must have no upTo");
    }
    return List.copyOf(tiers);
  }
}
