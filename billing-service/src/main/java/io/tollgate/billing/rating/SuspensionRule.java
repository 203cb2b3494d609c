package io.tollgate.billing.rating;

import io.tollgate.model.InstanceId;
import io.tollgate.model.SuspendedUsage;
import io.tollgate.model.Window;
import java.util.List;
import java.util.Map;

/**
 * What the usage of suspended instances costs (section 6): nothing, unless the product charges
 * retained storage.
 *
 * @param charged whether a suspended instance goes on paying
 * @param windows when instances were suspended, in order and apart; empty where that is charged
 */
public record SuspensionRule(boolean charged, Map<InstanceId, List<Window>> windows) {

  /** Suspended instances go on paying. */
  public static final SuspensionRule CHARGED = new SuspensionRule(true, Map.of());

  public SuspensionRule {
    windows = Map.copyOf(windows);
    if (charged && !windows.isEmpty()) {
      throw new IllegalArgumentException("a suspension that is charged changes nothing");
    }
  }

  /** From a suspension to its resumption nothing arises. */
  public static SuspensionRule free(Map<InstanceId, List<Window>> windows) {
    return new SuspensionRule(false, windows);
  }

  /** The suspensions of an instance that cost nothing. */
  List<Window> of(InstanceId instance) {
    return windows.getOrDefault(instance, List.of());
  }

  /**
   * Whether usage costs nothing: metering counted it apart because the instance was suspended, or
   * the suspension lasted from its window's start to its end.
   */
  boolean frees(RatedUsage usage) {
    if (charged) {
      return false;
    }
    if (SuspendedUsage.marks(usage.dimensions())) {
      return true;
    }
    for (Window suspension : of(usage.instance())) {
      if (!usage.window().start().isBefore(suspension.start())
          && !usage.window().end().isAfter(suspension.end())) {
        return true;
      }
    }
    return false;
  }
}
