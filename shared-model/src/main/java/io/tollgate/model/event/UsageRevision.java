package io.tollgate.model.event;

import com.fasterxml.jackson.annotation.JsonFormat;
import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import io.tollgate.model.Quantity;
import io.tollgate.model.SuspendedUsage;
import io.tollgate.model.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The total of one series in one window, as known at a tick. A later revision replaces an earlier
 * one; it is a total, not a difference.
 *
 * @param account who pays
 * @param instance what was used
 * @param product what the instance is, for pricing
 * @param meter what was measured
 * @param unit unit of the quantity, e.g. {@code GB}
 * @param dimensions dimension values that tell series apart, in name order; {@link SuspendedUsage}
 *     marks what was used while the instance was suspended
 * @param granularity hour or day
 * @param windowStart first instant of the window
 * @param windowEnd first instant after the window
 * @param quantity the window's total
 * @param eventCount usage events counted in it
 * @param revision 1 at the window's closing, then one more for each change
 * @param generation see {@link UsageRecord#generation()}
 * @param partition see {@link UsageRecord#partition()}
 * @param tick see {@link UsageRecord#tick()}
 * @param place where it stands among what was sent; older writers don't tell
 */
public record UsageRevision(
    AccountId account,
    InstanceId instance,
    ProductId product,
    MeterKey meter,
    String unit,
    SortedMap<String, String> dimensions,
    Granularity granularity,
    Instant windowStart,
    Instant windowEnd,
    @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal quantity,
    long eventCount,
    int revision,
    String generation,
    int partition,
    Instant tick,
    Optional<Place> place)
    implements UsageRecord {

  /**
   * By what a reader knows it again.
   *
   * @param marker sequence of the {@link WindowsClosed} that counts it
   * @param number 1, 2, 3 ... among those that this marker counts
   */
  public record Place(long marker, long number) {

    public Place {
      if (marker < 1 || number < 1) {
        throw new IllegalArgumentException("marker and number from 1");
      }
    }
  }

  public UsageRevision {
    if (revision < 1 || eventCount < 0 || partition < 0) {
      throw new IllegalArgumentException("revision from 1, event count and partition from 0");
    }
    quantity = Quantity.canonical(quantity);
    dimensions = sorted(dimensions);
  }

  /** The window. */
  public Window window() {
    return new Window(windowStart, windowEnd);
  }

  private static SortedMap<String, String> sorted(Map<String, String> dimensions) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
  }
}
