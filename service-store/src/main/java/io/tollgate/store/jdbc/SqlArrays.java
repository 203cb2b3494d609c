package io.tollgate.store.jdbc;

import java.util.Collection;
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
    @Nullable String[] texts = new String[items.size()];
    int i = 0;
    for (T item : items) {
      Object value = column.apply(item);
      texts[i++] = value == null ? null : value.toString();
    }
    return texts;
  }
}
