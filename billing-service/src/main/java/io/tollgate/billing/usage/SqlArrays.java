package io.tollgate.billing.usage;

import java.util.Collection;
import java.util.function.Function;

/** Columns of a batch as parameters of one statement. */
final class SqlArrays {
  private SqlArrays() {}

  static <T> String[] texts(Collection<T> items, Function<T, Object> value) {
    return items.stream().map(item -> value.apply(item).toString()).toArray(String[]::new);
  }
}
