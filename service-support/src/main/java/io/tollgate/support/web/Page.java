package io.tollgate.support.web;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param items its items, in the list's order
 * @param nextCursor what to send as {@code cursor} for the next page; absent on the last one
 * @param <T> the items' type
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * A page from one item more than was asked for, which tells whether there is a next one.
   *
   * @param found up to {@code limit + 1} items
   * @param cursor makes the cursor that continues after an item
   */
  public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
    if (found.size() <= limit) {
      return new Page<>(found, Optional.empty());
    }
    List<T> items = found.subList(0, limit);
    return new Page<>(items, Optional.of(cursor.apply(items.getLast())));
  }

  /**
   * A page of a list that goes back in time.
   *
   * @param read reads so many items before a place, the latest first
   * @param cursor see {@link #of}
   */
  public static <T> Page<T> latestFirst(
      Optional<Integer> limit,
      Optional<String> place,
      BiFunction<Paging.Before, Integer, List<T>> read,
      Function<T, String> cursor) {
    int size = Paging.limit(limit);
    return of(read.apply(Paging.before(place), size + 1), size, cursor);
  }

  /**
   * A page of a list that goes on after an item, which its id names.
   *
   * @param read reads so many items after an id, which is empty for the first page
   * @param id the id of an item
   */
  public static <T> Page<T> byId(
      Optional<Integer> limit,
      Optional<String> place,
      BiFunction<String, Integer, List<T>> read,
      Function<T, ?> id) {
    int size = Paging.limit(limit);
    return of(read.apply(Paging.id(place), size + 1), size, item -> Paging.cursor(id.apply(item)));
  }

  /**
   * A page of a list in the order of its numbers, up or down.
   *
   * @param start the number before the first item
   * @param read reads so many items beyond a number
   * @param number the number of an item
   */
  public static <T> Page<T> byNumber(
      Optional<Integer> limit,
      Optional<String> place,
      long start,
      BiFunction<Long, Integer, List<T>> read,
      Function<T, ?> number) {
    int size = Paging.limit(limit);
    return of(
        read.apply(place.map(Paging::number).orElse(start), size + 1),
        size,
        item -> Paging.cursor(number.apply(item)));
  }

  /** The same page of other items. */
  public <R> Page<R> map(Function<T, R> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), nextCursor);
  }
}
