package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.catalogue.Product;
import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.CounterKey;
import io.tollgate.billing.rating.RatedUsage;
import io.tollgate.billing.rating.SuspensionRule;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The data from which several cycles are rated, read in a few statements, and the counters to be
 * stored.
 */
final class RatingBatch {
  private final CatalogueSnapshot catalogue;
  private final Map<CycleKey, List<RatedUsage>> usage;
  private final InService inService;
  private final Map<CycleKey, CountedMonth> counted;
  private final Map<CycleKey, CountedMonth> changed = new HashMap<>();
  private final Map<CycleKey, Instant> outOfOrder = new LinkedHashMap<>();
  private final List<ChargeLine> lines = new ArrayList<>();

  RatingBatch(
      CatalogueSnapshot catalogue,
      Map<CycleKey, List<RatedUsage>> usage,
      InService inService,
      Map<CycleKey, CountedMonth> counted) {
    this.catalogue = catalogue;
    this.usage = usage;
    this.inService = inService;
    this.counted = new HashMap<>(counted);
  }

  CatalogueSnapshot catalogue() {
    return catalogue;
  }

  List<RatedUsage> usage(DueCycle cycle) {
    return usage.getOrDefault(cycle.key(), List.of());
  }

  SortedMap<InstanceId, Window> inService(DueCycle cycle) {
    return inService.in(cycle.key(), cycle.window());
  }

  /** What suspensions cost. */
  SuspensionRule suspensions(DueCycle cycle) {
    return catalogue
            .product(cycle.key().product())
            .filter(Product::retainedStorageCharged)
            .isPresent()
        ? SuspensionRule.CHARGED
        : SuspensionRule.free(inService.suspended(cycle.window()));
  }

  /** Counters of a month after the last cycle that was counted. */
  Map<CounterKey, Counter> counters(CycleKey month) {
    return counted.getOrDefault(month, CountedMonth.EMPTY).counters();
  }

  /** Brings the counters of a cycle's month forward. */
  void count(DueCycle cycle, Map<CounterKey, Counter> after) {
    CountedMonth before = counted.getOrDefault(cycle.month(), CountedMonth.EMPTY);
    if (before.counts(cycle)) {
      outOfOrder.put(cycle.key(), cycle.closedAt());
    }
    CountedMonth month = before.with(cycle, after);
    counted.put(cycle.month(), month);
    changed.put(cycle.month(), month);
  }

  Map<CycleKey, CountedMonth> changedCounters() {
    return changed;
  }

  /** Cycles that were counted after a later one of their month, and when each was complete. */
  Map<CycleKey, Instant> outOfOrder() {
    return outOfOrder;
  }

  /** The lines to be written. */
  List<ChargeLine> lines() {
    return lines;
  }
}
