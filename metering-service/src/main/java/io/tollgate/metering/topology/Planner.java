package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.Value;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.meter.MeterCatalogue;
import io.tollgate.metering.meter.MeterCatalogue.PlannedMeter;
import io.tollgate.metering.meter.MeterCatalogue.TypePlan;
import io.tollgate.metering.meter.PricedProducts;
import io.tollgate.metering.topology.Remembered.Standing;
import io.tollgate.model.Granularity;
import io.tollgate.model.Quantity;
import io.tollgate.model.SuspendedUsage;
import io.tollgate.model.Window;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides to which series an event contributes what; changes nothing. */
final class Planner {

  private final Windows windows;
  private final PricedProducts products;

  Planner(Windows windows, PricedProducts products) {
    this.windows = windows;
    this.products = products;
  }

  /** What an event adds that comes now. */
  Contribution.Plan plan(UsageEvent event, InstanceRecord instance, MeterCatalogue meters) {
    if (hasEnded(instance, event.time())) {
      return new Contribution.Plan.Refused("instance-ended");
    }
    return added(event, instance, meters, standing(instance, event.time()));
  }

  /** Whether an instance had ended at an instant. */
  static boolean hasEnded(InstanceRecord instance, Instant time) {
    return instance.endedAt().filter(end -> !time.isBefore(end)).isPresent();
  }

  /** Whether the bills of an instance's product take what a meter emits, as far as is known now. */
  boolean reachesBills(MeterDefinition meter, InstanceRecord instance) {
    return products.billedBy(instance.product()).map(meter.emits()::contains).orElse(true);
  }

  /** How usage of an instance counts that is of an instant, as far as is known now. */
  Standing standing(InstanceRecord instance, Instant time) {
    boolean apart =
        !instance.suspensions().isEmpty()
            && instance.isSuspendedAt(time)
            && !products.retains(instance.product());
    return apart ? Standing.COUNTED_SUSPENDED : Standing.COUNTED;
  }

  /**
   * What an event added when these were the meters, whatever became of its instance since.
   *
   * @param standing what is remembered of it
   */
  Contribution.Plan added(
      UsageEvent event, InstanceRecord instance, MeterCatalogue meters, Standing standing) {
    TypePlan plan = meters.plan(event.type()).orElse(null);
    if (plan == null) {
      return new Contribution.Plan.Refused("unknown-meter");
    }
    @Nullable Object[] found;
    try {
      found = plan.pointers().read(event);
    } catch (IllegalArgumentException e) {
      return new Contribution.Plan.Refused("unreadable-data");
    }
    List<Contribution> contributions = new ArrayList<>(4);
    for (int i = 0; i < plan.meters().size(); i++) {
      PlannedMeter meter = plan.meters().get(i);
      if (meter.covers(event.time())) {
        String refusal =
            add(
                contributions,
                new Source(event.time(), instance, standing),
                meter.definition(),
                plan.firstSlot().get(i),
                found);
        if (refusal != null) {
          return new Contribution.Plan.Refused(refusal);
        }
      }
    }
    return contributions.isEmpty()
        ? new Contribution.Plan.Refused("unknown-meter")
        : new Contribution.Plan.Counts(contributions, standing);
  }

  private @Nullable String add(
      List<Contribution> contributions,
      Source source,
      MeterDefinition meter,
      int firstSlot,
      @Nullable Object[] found) {
    SortedMap<String, String> dimensions = new TreeMap<>();
    int slot = firstSlot;
    for (String name : meter.dimensions().keySet()) {
      String text = dimension(found[slot++]);
      if (!Value.isDimension(text)) {
        return "dimension-unbounded";
      }
      dimensions.put(name, text);
    }
    Value value =
        Value.of(meter.aggregation(), meter.valuePointer().isPresent() ? found[slot] : null);
    if (value instanceof Value.Refused refused) {
      return refused.reason();
    }
    contribute(contributions, source, meter, dimensions, value);
    return null;
  }

  /**
   * Where usage comes from.
   *
   * @param time when it was used
   * @param instance by what
   * @param standing how it counts
   */
  record Source(Instant time, InstanceRecord instance, Standing standing) {}

  /** Adds the contributions of one meter, for each width it emits. */
  void contribute(
      List<Contribution> contributions,
      Source source,
      MeterDefinition meter,
      SortedMap<String, String> dimensions,
      Value value) {
    InstanceRecord instance = source.instance();
    byte[] prefix =
        SeriesKey.prefix(
            instance.account().value(),
            instance.instance().value(),
            instance.product().value(),
            meter.meter().value(),
            marked(dimensions, source.standing()));
    if (meter.emits().contains(Emission.HOURLY)) {
      contributions.add(contribution(prefix, Granularity.HOUR, meter, value, source.time()));
    }
    if (meter.emits().contains(Emission.DAILY)) {
      contributions.add(contribution(prefix, Granularity.DAY, meter, value, source.time()));
    }
  }

  private static SortedMap<String, String> marked(
      SortedMap<String, String> dimensions, Standing standing) {
    if (standing != Standing.COUNTED_SUSPENDED) {
      return dimensions;
    }
    SortedMap<String, String> marked = new TreeMap<>(dimensions);
    marked.put(SuspendedUsage.DIMENSION, SuspendedUsage.MARK);
    return marked;
  }

  private Contribution contribution(
      byte[] prefix, Granularity granularity, MeterDefinition meter, Value value, Instant time) {
    Window window = windows.of(granularity, time);
    return new Contribution(
        SeriesKey.withWindow(prefix, granularity, window.start()),
        window,
        meter.aggregation(),
        value);
  }

  private static String dimension(@Nullable Object found) {
    if (found == null) {
      return "";
    }
    if (found instanceof BigDecimal number) {
      return Quantity.withinBounds(number)
          ? Quantity.canonical(number).toPlainString()
          : "x".repeat(Value.MAX_TEXT + 1);
    }
    return found.toString();
  }
}
