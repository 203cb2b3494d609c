package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When instances were in service, and when they were suspended (section 6).
 *
 * @param windows by account and product, see {@link #key}
 * @param suspensions by instance, in order; an instance that is still suspended is so for ever
 */
record InService(
    Map<String, SortedMap<InstanceId, Window>> windows, Map<InstanceId, List<Window>> suspensions) {

  static String key(AccountId account, ProductId product) {
    return account + " " + product;
  }

  /** The instances of a product that were in service in a cycle. */
  SortedMap<InstanceId, Window> in(CycleKey cycle, Window window) {
    SortedMap<InstanceId, Window> inside = new TreeMap<>();
    windows
        .getOrDefault(key(cycle.account(), cycle.product()), new TreeMap<>())
        .forEach(
            (instance, service) -> {
              if (service.overlaps(window)) {
                inside.put(instance, service);
              }
            });
    return inside;
  }

  /** The suspensions of these instances that reach into a cycle. */
  Map<InstanceId, List<Window>> suspended(Window cycle) {
    if (suspensions.isEmpty()) {
      return Map.of();
    }
    Map<InstanceId, List<Window>> inside = new HashMap<>();
    suspensions.forEach(
        (instance, windows) -> {
          List<Window> reaching = windows.stream().filter(cycle::overlaps).toList();
          if (!reaching.isEmpty()) {
            inside.put(instance, reaching);
          }
        });
    return inside;
  }
}
