package io.tollgate.store.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Arrays of text for statements that take many rows or keys at once ({@code unnest}, any). */
public final class SqlArrays {

  private SqlArrays() {}

  /**
   * One text per item, in order; a null stays null.
   *
   * @param column the item's value; write decimals as plain texts, without an exponent
   */
  public static <T> @Nullable String[] texts(
      Collection<? extends T> items, Function<T, @Nullable Object> column) {
    Map<Instant, String> instants = new HashMap<>();
    @Nullable String[] texts = new String[items.size()];
    int i = 0;
    for (T item : items) {
      Object value = column.apply(item);
      if (value instanceof Instant instant) {
        // Rows that are written together have few different ones.
        texts[i++] = instants.computeIfAbsent(instant, Instant::toString);
      } else {
        texts[i++] = value == null ? null : value.toString();
      }
    }
    return texts;
  }
}
