package io.tollgate.billing.rating;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All versions of one product's prices; each is in force until the next one, so there are no gaps
 * and no overlaps.
 *
 * @param list at least one, the earliest first
 */
public record PriceVersions(List<PriceVersion> list) {

  public PriceVersions {
    if (list.isEmpty()) {
      throw new IllegalArgumentException("a product is priced by one version at least");
    }
    list = List.copyOf(list);
    for (int i = 1; i < list.size(); i++) {
      check(list.get(i - 1), list.get(i));
    }
  }

  /** Versions of a product. */
  public static PriceVersions of(PriceVersion... versions) {
    return new PriceVersions(List.of(versions));
  }

  private static void check(PriceVersion earlier, PriceVersion later) {
    if (!later.effectiveFrom().isAfter(earlier.effectiveFrom())
        || later.version() <= earlier.version()) {
      throw new IllegalArgumentException("each version must start after the one before");
    }
    if (!later.product().equals(earlier.product())
        || later.cycle() != earlier.cycle()
        || !later.currency().equals(earlier.currency())) {
      throw new IllegalArgumentException("versions have one product, cycle and currency");
    }
  }

  /** The version in force, unless the instant is before the first one. */
  public Optional<PriceVersion> at(Instant instant) {
    int index = indexAt(instant);
    return index < 0 ? Optional.empty() : Optional.of(list.get(index));
  }

  /**
   * How a cycle's units are counted: as the version at its start says. It changes at a month's
   * start only, so all versions of a month agree.
   */
  CountedPer countedPer(Window cycle) {
    return at(cycle.start()).orElse(list.getFirst()).countedPer();
  }

  /** When the first version takes effect. */
  public Instant start() {
    return list.getFirst().effectiveFrom();
  }

  /** When the next version replaces one of these; never for the last one. */
  Instant endOf(PriceVersion version) {
    int next = list.indexOf(version) + 1;
    return next < list.size() ? list.get(next).effectiveFrom() : Instant.MAX;
  }

  /** The last version, in force or yet to come. */
  public PriceVersion last() {
    return list.getLast();
  }

  public CurrencyCode currency() {
    return list.getFirst().currency();
  }

  private int indexAt(Instant instant) {
    int index = list.size() - 1;
    while (index >= 0 && instant.isBefore(list.get(index).effectiveFrom())) {
      index--;
    }
    return index;
  }
}
