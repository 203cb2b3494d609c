package io.tollgate.billing.journal;

import java.util.List;
import java.util.function.ToLongFunction;

/** Cuts batches by how much of memory they take, which differs by thousands from item to item. */
public final class Bounded {

  private Bounded() {}

  /**
   * The first items with together at most so many parts; one item at least, if there is one.
   *
   * @param most how many parts may be in memory at once
   * @param items in order
   * @param parts how many an item has
   */
  public static <T> List<T> first(long most, List<T> items, ToLongFunction<T> parts) {
    long sum = 0;
    int count = 0;
    for (T item : items) {
      sum += parts.applyAsLong(item);
      if (count > 0 && sum > most) {
        break;
      }
      count++;
    }
    return items.subList(0, count);
  }
}
