package io.tollgate.billing.charging;

import io.tollgate.billing.catalogue.CatalogueSnapshot;
import io.tollgate.billing.rating.RatedUsage;
import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Reads the data from which cycles are rated. */
@Component
class RatingBatches {
  private final JdbcCycles cycles;
  private final JdbcInService inService;
  private final JdbcCounters counters;

  RatingBatches(JdbcCycles cycles, JdbcInService inService, JdbcCounters counters) {
    this.cycles = cycles;
    this.inService = inService;
    this.counters = counters;
  }

  /** With the counters as the last billed cycle left them. */
  RatingBatch continued(List<DueCycle> due, CatalogueSnapshot snapshot) {
    return read(due, snapshot, counters.read(due.stream().map(DueCycle::month).toList()));
  }

  /** With counters at zero: for months that are rated from their first cycle on. */
  RatingBatch anew(List<DueCycle> due, CatalogueSnapshot snapshot) {
    return read(due, snapshot, Map.of());
  }

  private RatingBatch read(
      List<DueCycle> due, CatalogueSnapshot snapshot, Map<CycleKey, CountedMonth> before) {
    Set<AccountId> accounts = new TreeSet<>();
    due.forEach(cycle -> accounts.add(cycle.key().account()));
    return new RatingBatch(snapshot, usage(due, snapshot), inService.of(accounts), before);
  }

  private Map<CycleKey, List<RatedUsage>> usage(List<DueCycle> due, CatalogueSnapshot snapshot) {
    Map<CycleKey, List<RatedUsage>> usage = new HashMap<>();
    for (Granularity granularity : Granularity.values()) {
      List<DueCycle> own =
          due.stream()
              .filter(
                  cycle ->
                      snapshot
                          .cycleOf(cycle.key().product())
                          .filter(each -> each.granularity() == granularity)
                          .isPresent())
              .toList();
      if (!own.isEmpty()) {
        usage.putAll(cycles.usage(own, granularity));
      }
    }
    return usage;
  }
}
