package io.tollgate.billing.catalogue;

import io.tollgate.billing.rating.CountedPer;
import io.tollgate.billing.rating.CounterScope;
import io.tollgate.billing.rating.MeterPrice;
import io.tollgate.billing.rating.PriceModel;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.billing.rating.Tier;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Money;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What of a product is free under one price version and no longer under the next: it may change
 * only after it was announced (C2.5). Free are the whole product, a meter, an allowance, and the
 * tiers at the start of a table that cost nothing. Pure.
 */
final class FreeUse {

  private FreeUse() {}

  /** The first thing that is less free under the next version, in words; empty when nothing is. */
  static Optional<String> lost(PriceVersion last, PriceVersion next) {
    if (last.isFree() && !next.isFree()) {
      return Optional.of("makes product " + next.product() + " chargeable, which was free");
    }
    if (isFree(last.flatFee()) && !isFree(next.flatFee())) {
      return Optional.of("adds a flat fee, where using only what is free cost nothing");
    }
    if (isFree(last.minimum()) && !isFree(next.minimum())) {
      return Optional.of("adds a minimum, where using only what is free cost nothing");
    }
    return next.meters().stream()
        .map(meter -> lost(last, meter, isShared(last, next)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static boolean isFree(Optional<Money> amount) {
    return amount.map(Money::isZero).orElse(true);
  }

  /** What each instance had for itself, all instances of the account now share. */
  private static boolean isShared(PriceVersion last, PriceVersion next) {
    return last.countedPer() == CountedPer.INSTANCE && next.countedPer() == CountedPer.ACCOUNT;
  }

  private static Optional<String> lost(PriceVersion last, MeterPrice next, boolean shared) {
    if (next.model().isFree()) {
      return Optional.empty();
    }
    if (last.isFree(next.meter())) {
      return Optional.of("makes meter " + next.meter() + " chargeable, which was free");
    }
    return last.priceOf(next.meter())
        .filter(before -> shared ? hasAny(before) : !keeps(before, next, last.cycle()))
        .map(
            before ->
                "leaves fewer free units of meter %s: %s%s, where there were %s%s"
                    .formatted(
                        next.meter(),
                        words(next),
                        shared ? " for all instances together" : "",
                        words(before),
                        shared ? " for each instance" : ""));
  }

  private static boolean hasAny(MeterPrice price) {
    return price.freeAllowance().signum() > 0 || freeTiers(price.model()).signum() > 0;
  }

  /** Whether no use that was free costs anything: allowance and free tiers add up. */
  private static boolean keeps(MeterPrice before, MeterPrice next, BillingCycle cycle) {
    BigDecimal freeTiersBefore = freeTiers(before.model());
    BigDecimal freeTiersNext = freeTiers(next.model());
    boolean sameScopes =
        before.freeAllowanceScope() == before.scope()
            && next.freeAllowanceScope() == next.scope()
            && before.scope() == next.scope();
    return sameScopes
        ? before
                .freeAllowance()
                .add(freeTiersBefore)
                .compareTo(next.freeAllowance().add(freeTiersNext))
            <= 0
        : keeps(
                before.freeAllowance(),
                before.freeAllowanceScope(),
                next.freeAllowance(),
                next.freeAllowanceScope(),
                cycle)
            && keeps(freeTiersBefore, before.scope(), freeTiersNext, next.scope(), cycle);
  }

  /**
   * Units of each cycle are more than as many of a month, unless a cycle is a month; fewer units of
   * each cycle count as less even when a month of them would be more: a single cycle may use them
   * all.
   */
  private static boolean keeps(
      BigDecimal before,
      CounterScope scopeBefore,
      BigDecimal next,
      CounterScope scopeNext,
      BillingCycle cycle) {
    if (before.signum() == 0) {
      return true;
    }
    boolean longer =
        cycle != BillingCycle.MONTH
            && scopeBefore == CounterScope.CYCLE
            && scopeNext == CounterScope.MONTH_TO_DATE;
    return !longer && next.compareTo(before) >= 0;
  }

  /** Where the tiers that cost nothing end; other models have none. */
  private static BigDecimal freeTiers(PriceModel model) {
    return switch (model) {
      case PriceModel.Graduated graduated -> freeTiers(graduated.tiers());
      case PriceModel.Volume volume -> freeTiers(volume.tiers());
      case PriceModel.Flat flat -> BigDecimal.ZERO;
      case PriceModel.PerUnit perUnit -> BigDecimal.ZERO;
      case PriceModel.Blocks blocks -> BigDecimal.ZERO;
    };
  }

  private static BigDecimal freeTiers(List<Tier> tiers) {
    return tiers.stream()
        .takeWhile(tier -> tier.unitPrice().signum() == 0)
        .flatMap(tier -> tier.upTo().stream())
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  private static String words(MeterPrice price) {
    return "an allowance of %s per %s and %s in tiers per %s"
        .formatted(
            price.freeAllowance().stripTrailingZeros().toPlainString(),
            price.freeAllowanceScope(),
            freeTiers(price.model()).stripTrailingZeros().toPlainString(),
            price.scope());
  }
}
