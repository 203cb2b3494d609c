package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.catalogue.Product;
import io.tollgate.billing.rating.Counter;
import io.tollgate.billing.rating.CounterKey;
import io.tollgate.billing.rating.RatedUsage;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** What several cycles are rated from, read in a few statements, and what has to be stored. */
final class RatingBatch {
  private final CatalogueSnapshot catalogue;
  private final Map<CycleKey, List<RatedUsage>> usage;
  private final InService inService;
  private final Map<CycleKey, Map<CounterKey, Counter>> counters;
  private final Map<CycleKey, Map<CounterKey, Counter>> changed = new HashMap<>();
  private final List<ChargeLine> lines = new ArrayList<>();

  RatingBatch(
      CatalogueSnapshot catalogue,
      Map<CycleKey, List<RatedUsage>> usage,
      InService inService,
      Map<CycleKey, Map<CounterKey, Counter>> counters) {
    this.catalogue = catalogue;
    this.usage = usage;
    this.inService = inService;
    this.counters = new HashMap<>(counters);
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

  /** Suspensions that cost nothing; none where the product charges retained storage. */
  Map<InstanceId, List<Window>> suspended(DueCycle cycle) {
    return catalogue
            .product(cycle.key().product())
            .filter(Product::retainedStorageCharged)
            .isPresent()
        ? Map.of()
        : inService.suspended(cycle.window());
  }

  /** Counters of a month after the last cycle that was counted. */
  Map<CounterKey, Counter> counters(CycleKey month) {
    return counters.getOrDefault(month, Map.of());
  }

  /** Brings a month's counters forward. */
  void count(CycleKey month, Map<CounterKey, Counter> after) {
    counters.put(month, after);
    changed.put(month, after);
  }

  Map<CycleKey, Map<CounterKey, Counter>> changedCounters() {
    return changed;
  }

  /** The lines to be written. */
  List<ChargeLine> lines() {
    return lines;
  }
}
