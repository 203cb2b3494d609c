package io.tollgate.billing.charging;

import io.tollgate.billing.usage.CycleKey;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When instances were in service.
 *
 * @param windows by account and product, see {@link #key}
 */
record InService(Map<String, SortedMap<InstanceId, Window>> windows) {

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
              if (service.start().isBefore(window.end())
                  && window.start().isBefore(service.end())) {
                inside.put(instance, service);
              }
            });
    return inside;
  }
}
