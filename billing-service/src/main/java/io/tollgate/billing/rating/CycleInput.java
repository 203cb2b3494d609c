package io.tollgate.billing.rating;

import static io.tollgate.model.Instants.earlier;
import static io.tollgate.model.Instants.later;

import io.tollgate.model.InstanceId;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that determines what a cycle of an account's product costs.
 *
 * @param cycle the billing cycle; it lies in one local month
 * @param prices the product's price versions
 * @param usage the cycle's usage, at most one of each series and window; kept in counter and time
 *     order
 * @param inService when each instance was in service; it bears flat fee and minimum for the part
 *     inside the cycle. An instance that is not named bears neither
 * @param suspensions when instances were suspended, and whether usage, flat fees and minimums arise
 *     then
 * @param monthToDate counters of the cycle's month before the cycle; a missing one is zero
 */
public record CycleInput(
    Window cycle,
    PriceVersions prices,
    List<RatedUsage> usage,
    SortedMap<InstanceId, Window> inService,
    SuspensionRule suspensions,
    Map<CounterKey, Counter> monthToDate) {

  public CycleInput {
    usage = inOrder(usage, prices.countedPer(cycle));
    inService = new TreeMap<>(inService);
    monthToDate = Map.copyOf(monthToDate);
    for (int i = 0; i < usage.size(); i++) {
      check(cycle, usage.get(i));
      if (i > 0 && usage.get(i - 1).compareTo(usage.get(i)) == 0) {
        throw new IllegalArgumentException("usage of one series and window twice: " + usage.get(i));
      }
    }
    for (Map.Entry<InstanceId, Window> each : inService.entrySet()) {
      if (!cycle.overlaps(each.getValue())) {
        throw new IllegalArgumentException(each.getKey() + " was not in service in " + cycle);
      }
    }
  }

  /** A cycle in which every instance that was used was in service from end to end. */
  public static CycleInput whole(
      Window cycle,
      PriceVersions prices,
      List<RatedUsage> usage,
      Map<CounterKey, Counter> monthToDate) {
    SortedMap<InstanceId, Window> inService = new TreeMap<>();
    usage.forEach(each -> inService.put(each.instance(), cycle));
    return new CycleInput(
        cycle, prices, usage, inService, SuspensionRule.free(Map.of()), monthToDate);
  }

  CountedPer countedPer() {
    return prices.countedPer(cycle);
  }

  /**
   * When in the cycle an instance was in service, had a price and was charged; always in service,
   * when it is not known.
   */
  List<Window> charged(InstanceId instance) {
    List<Window> charged = new ArrayList<>();
    Window service = partOf(instance);
    Instant from = later(service.start(), prices.start());
    for (Window suspension : suspensions.of(instance)) {
      addNotEmpty(charged, from, earlier(suspension.start(), service.end()));
      from = later(from, suspension.end());
    }
    addNotEmpty(charged, from, service.end());
    return charged;
  }

  /** When in the cycle at least one instance was in service and charged. */
  List<Window> chargedOfAny() {
    List<Window> charged = new ArrayList<>();
    inService.keySet().forEach(instance -> charged.addAll(charged(instance)));
    charged.sort(null);
    return charged;
  }

  private static void addNotEmpty(List<Window> windows, Instant start, Instant end) {
    if (start.isBefore(end)) {
      windows.add(new Window(start, end));
    }
  }

  /** The part of the cycle in which an instance was in service; all of it when not known. */
  private Window partOf(InstanceId instance) {
    Window service = inService.get(instance);
    if (service == null) {
      return cycle;
    }
    return new Window(later(service.start(), cycle.start()), earlier(service.end(), cycle.end()));
  }

  Map<CounterKey, Counter> mutableCounters() {
    return new HashMap<>(monthToDate);
  }

  private static List<RatedUsage> inOrder(List<RatedUsage> usage, CountedPer countedPer) {
    List<RatedUsage> sorted = new ArrayList<>(usage);
    sorted.sort(RatedUsage.order(countedPer));
    return List.copyOf(sorted);
  }

  private static void check(Window cycle, RatedUsage usage) {
    if (usage.window().start().isBefore(cycle.start())
        || usage.window().end().isAfter(cycle.end())) {
      throw new IllegalArgumentException("usage outside of the cycle " + cycle + ": " + usage);
    }
  }
}
