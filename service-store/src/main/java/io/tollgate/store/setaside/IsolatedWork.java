package io.tollgate.store.setaside;

import java.util.List;

/**
 * Work on items of many accounts that {@link Isolation} runs so that a failing item affects no
 * other.
 *
 * @param <T> an item
 */
public interface IsolatedWork<T> {

  /** A stable name for the list, metrics and logs; the same in {@link Selection#where}. */
  String name();

  /** Items that are due, in the order in which they are to be done; a bounded number. */
  List<T> due(Selection selection);

  /** What an item is set aside as. */
  Subject subjectOf(T item);

  /**
   * Does items in one transaction of its own, all or none, in their order. What it throws for data
   * is thrown again when the item is done alone.
   *
   * @return how many were done; those that somebody else holds are left out
   */
  int apply(List<T> items);
}
