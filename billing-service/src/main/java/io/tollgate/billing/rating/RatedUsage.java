package io.tollgate.billing.rating;

import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The usage of one series in one window, to be rated: the total of its last revision.
 *
 * <p>Ordered by instance, meter and time, as an instance's counter needs it. See {@link #order} for
 * counters of an account.
 *
 * @param instance what was used
 * @param meter what was measured
 * @param dimensions dimension values that tell series apart
 * @param window when
 * @param quantity how much, 0 or more
 * @param revision revision of the window's total
 */
public record RatedUsage(
    InstanceId instance,
    MeterKey meter,
    SortedMap<String, String> dimensions,
    Window window,
    BigDecimal quantity,
    int revision)
    implements Comparable<RatedUsage> {

  public RatedUsage {
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException(
          "the quantity of meter %s of instance %s from %s is below zero: %s"
              .formatted(meter, instance, window.start(), quantity.toPlainString()));
    }
    if (revision < 1) {
      throw new IllegalArgumentException("revisions count from 1");
    }
    dimensions =
        dimensions.isEmpty()
            ? Collections.emptySortedMap()
            : Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
  }

  /** The order in which counters take usage: within a window instances count by their ids. */
  static Comparator<RatedUsage> order(CountedPer countedPer) {
    return switch (countedPer) {
      case ACCOUNT -> RatedUsage::compareAcrossInstances;
      case INSTANCE -> Comparator.naturalOrder();
    };
  }

  private int compareAcrossInstances(RatedUsage other) {
    int order = meter.compareTo(other.meter);
    order = order != 0 ? order : window.compareTo(other.window);
    order = order != 0 ? order : instance.compareTo(other.instance);
    return order != 0 ? order : compare(dimensions, other.dimensions);
  }

  @Override
  public int compareTo(RatedUsage other) {
    int order = instance.compareTo(other.instance);
    order = order != 0 ? order : meter.compareTo(other.meter);
    order = order != 0 ? order : window.compareTo(other.window);
    return order != 0 ? order : compare(dimensions, other.dimensions);
  }

  private static int compare(SortedMap<String, String> one, SortedMap<String, String> other) {
    Iterator<Map.Entry<String, String>> others = other.entrySet().iterator();
    for (Map.Entry<String, String> entry : one.entrySet()) {
      if (!others.hasNext()) {
        return 1;
      }
      Map.Entry<String, String> against = others.next();
      int order = entry.getKey().compareTo(against.getKey());
      order = order != 0 ? order : entry.getValue().compareTo(against.getValue());
      if (order != 0) {
        return order;
      }
    }
    return others.hasNext() ? -1 : 0;
  }
}
