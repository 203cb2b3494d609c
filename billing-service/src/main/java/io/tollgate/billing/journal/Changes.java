package io.tollgate.billing.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How what is stored of an account differs from what it is now: an account long in arrears has
 * hundreds of debts, of which a bill or a payment changes few.
 *
 * @param gone stored, and no longer there
 * @param changed stored with other amounts; each as it is now
 * @param added not stored yet
 */
record Changes<T>(List<T> gone, List<T> changed, List<T> added) {

  /**
   * Compares.
   *
   * @param key what an item is stored under
   */
  static <T, K> Changes<T> between(List<T> stored, List<T> now, Function<T, K> key) {
    Map<K, T> before = new LinkedHashMap<>();
    stored.forEach(item -> before.put(key.apply(item), item));
    List<T> changed = new ArrayList<>();
    List<T> added = new ArrayList<>();
    for (T item : now) {
      T old = before.remove(key.apply(item));
      if (old == null) {
        added.add(item);
      } else if (!old.equals(item)) {
        changed.add(item);
      }
    }
    return new Changes<>(List.copyOf(before.values()), changed, added);
  }
}
