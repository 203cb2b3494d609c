package io.tollgate.metering.meter;

import io.tollgate.metering.event.Pointers;
import io.tollgate.model.MeterKey;
import io.tollgate.model.event.MeterDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All meters at one moment, prepared for counting. Immutable. */
public final class MeterCatalogue {

  /** No meters. */
  public static final MeterCatalogue EMPTY = new MeterCatalogue(List.of());

  private final Map<String, List<MeterDefinition>> history = new TreeMap<>();
  private final Map<String, List<MeterDefinition>> versions = new TreeMap<>();
  private final Map<String, TypePlan> plans = new HashMap<>();

  /** A catalogue of these versions; those that were withdrawn count nothing. */
  public MeterCatalogue(Collection<MeterDefinition> definitions) {
    Map<String, List<PlannedMeter>> byType = new HashMap<>();
    definitions.stream()
        .sorted(Comparator.comparingInt(MeterDefinition::version))
        .forEach(
            definition ->
                history
                    .computeIfAbsent(definition.meter().value(), key -> new ArrayList<>())
                    .add(definition));
    history.replaceAll((meter, ofMeter) -> List.copyOf(ofMeter));
    history.forEach(
        (meter, ofMeter) -> {
          List<MeterDefinition> standing =
              ofMeter.stream().filter(version -> version.withdrawal().isEmpty()).toList();
          if (!standing.isEmpty()) {
            versions.put(meter, standing);
          }
        });
    for (List<MeterDefinition> ofMeter : versions.values()) {
      for (int i = 0; i < ofMeter.size(); i++) {
        Instant until = i + 1 < ofMeter.size() ? ofMeter.get(i + 1).effectiveFrom() : Instant.MAX;
        MeterDefinition definition = ofMeter.get(i);
        byType
            .computeIfAbsent(definition.eventType(), key -> new ArrayList<>())
            .add(new PlannedMeter(definition, until));
      }
    }
    byType.forEach((type, meters) -> plans.put(type, TypePlan.of(meters)));
  }

  /**
   * A version of a meter and when the next one replaces it.
   *
   * @param until first instant it no longer counts
   */
  public record PlannedMeter(MeterDefinition definition, Instant until) {

    /** Whether it counts what was used then. */
    public boolean covers(Instant time) {
      return !time.isBefore(definition.effectiveFrom()) && time.isBefore(until);
    }
  }

  /**
   * What to read from events of a type, for all its meters in one pass.
   *
   * @param pointers of values and dimensions of all meters
   * @param meters the meters
   * @param firstSlot where each meter's pointers begin: its dimensions in name order, then the
   *     value
   */
  public record TypePlan(Pointers pointers, List<PlannedMeter> meters, List<Integer> firstSlot) {

    private static TypePlan of(List<PlannedMeter> meters) {
      List<String> pointers = new ArrayList<>();
      List<Integer> first = new ArrayList<>();
      for (PlannedMeter meter : meters) {
        first.add(pointers.size());
        pointers.addAll(meter.definition().dimensions().values());
        meter.definition().valuePointer().ifPresent(pointers::add);
      }
      return new TypePlan(new Pointers(pointers), List.copyOf(meters), List.copyOf(first));
    }
  }

  /** How to read events of a type. */
  public Optional<TypePlan> plan(String type) {
    return Optional.ofNullable(plans.get(type));
  }

  /** What to read from events of a type; null where no meter counts it. */
  public @Nullable Pointers pointers(String type) {
    TypePlan plan = plans.get(type);
    return plan == null ? null : plan.pointers();
  }

  /**
   * Whether its meters count an event of a type and time by the same versions in a later catalogue;
   * meters that only the later one has do not matter.
   */
  public boolean countsAs(MeterCatalogue later, String type, Instant time) {
    List<MeterDefinition> then =
        later.counting(type, time).stream()
            .filter(definition -> versions.containsKey(definition.meter().value()))
            .toList();
    return Set.copyOf(then).equals(Set.copyOf(counting(type, time)));
  }

  private List<MeterDefinition> counting(String type, Instant time) {
    return plan(type).stream()
        .flatMap(plan -> plan.meters().stream())
        .filter(meter -> meter.covers(time))
        .map(PlannedMeter::definition)
        .toList();
  }

  /** The version of a meter that counts at an instant. */
  public Optional<MeterDefinition> effective(MeterKey meter, Instant time) {
    for (MeterDefinition definition : versions(meter).reversed()) {
      if (!definition.effectiveFrom().isAfter(time)) {
        return Optional.of(definition);
      }
    }
    return Optional.empty();
  }

  /** The versions of a meter that stand, oldest first. */
  public List<MeterDefinition> versions(MeterKey meter) {
    return versions.getOrDefault(meter.value(), List.of());
  }

  /** All versions of a meter, also those that were withdrawn, oldest first. */
  public List<MeterDefinition> history(MeterKey meter) {
    return history.getOrDefault(meter.value(), List.of());
  }

  /** The versions of all meters that stand, by name. */
  public List<MeterDefinition> all() {
    return versions.values().stream().flatMap(List::stream).toList();
  }

  /** All versions of all meters, also those that were withdrawn, by name. */
  public List<MeterDefinition> history() {
    return history.values().stream().flatMap(List::stream).toList();
  }
}
