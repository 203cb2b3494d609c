package io.tollgate.billing.sweep;

import java.util.List;
import java.util.function.ToLongFunction;

/** Limits batches by the memory they need, which differs a thousandfold from item to item. */
public final class Bounded {

  private Bounded() {}

  /**
   * The longest prefix of the items with at most {@code most} parts in total, and at least one item
   * if there is any.
   *
   * @param most the number of parts that may be in memory at once
   * @param parts the number of parts of an item
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
