package io.tollgate.billing.usage;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The cycles in which a batch of usage is billed. */
final class TouchedCycles {
  private final BillingCalendar calendar;
  private final Map<Start, Place> places = new HashMap<>();
  private final Map<CycleKey, Touched> cycles = new HashMap<>();

  TouchedCycles(BillingCalendar calendar) {
    this.calendar = calendar;
  }

  /** Where usage starts; its cycle is computed once for each, because zone rules are costly. */
  private record Start(BillingCycle length, Instant window) {}

  private record Place(Window cycle, Instant month) {}

  /** A cycle with usage that is new or changed. */
  static final class Touched {
    private final CycleKey key;
    private final Window cycle;
    private final CycleKey month;
    private final Map<Integer, Sent> sent = new TreeMap<>();
    private long windows;

    private Touched(CycleKey key, Window cycle, CycleKey month) {
      this.key = key;
      this.cycle = cycle;
      this.month = month;
    }

    CycleKey key() {
      return key;
    }

    Window cycle() {
      return cycle;
    }

    /** The month whose counters it continues; the key's start is the month's. */
    CycleKey month() {
      return month;
    }

    /** The newest that each aggregation partition sent for it. */
    Map<Integer, Sent> sent() {
      return sent;
    }

    /** How many windows of usage were added to it, at most. */
    long windows() {
      return windows;
    }

    Instant tick() {
      return sent.values().stream().reduce(Sent.NEVER, Sent::later).tick();
    }
  }

  /**
   * Adds usage.
   *
   * @param length how long the product's cycles are
   * @param window when the window of usage starts
   * @param partition the aggregation partition that sent it
   * @param count how many windows of that start there are
   */
  void add(
      AccountId account,
      ProductId product,
      BillingCycle length,
      Instant window,
      int partition,
      Sent sent,
      long count) {
    Place place = places.computeIfAbsent(new Start(length, window), this::placeOf);
    Touched touched =
        cycles.computeIfAbsent(
            new CycleKey(account, product, place.cycle().start()),
            key -> new Touched(key, place.cycle(), new CycleKey(account, product, place.month())));
    touched.sent.merge(partition, sent, Sent::later);
    touched.windows += count;
  }

  private Place placeOf(Start start) {
    Window cycle = calendar.cycleOf(start.length(), start.window());
    return new Place(cycle, calendar.monthOf(cycle.start()).start());
  }

  /** All of them, in the order in which their rows are locked. */
  List<Touched> inOrder() {
    return cycles.values().stream().sorted(Comparator.comparing(Touched::key)).toList();
  }
}
