package io.tollgate.store.setaside;

import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A sweep over items of many accounts in which a failing item affects no other: a subclass selects
 * the due items and processes them.
 *
 * <p>An item that fails because of its data is set aside and retried alone; the others continue
 * ({@link Isolation}).
 *
 * @param <T> an item
 */
public abstract class IsolatedSweep<T> implements Sweep {
  private final String name;
  private final int slice;
  private final Isolation isolation;

  /**
   * A sweep.
   *
   * @param name see {@link Sweep#name}; the same in {@link Selection#where}
   * @param slice the most items of one batch
   */
  protected IsolatedSweep(String name, int slice, Isolation isolation) {
    this.name = name;
    this.slice = slice;
    this.isolation = isolation;
  }

  /** Items that are due, in the order in which they are to be done; reads and locks nothing. */
  protected abstract List<T> due(Instant upTo, int limit, Selection selection);

  /** What an item is set aside as. */
  protected abstract Subject subjectOf(T item);

  /**
   * Does items in a transaction of its own, all or none; see {@link IsolatedWork#apply}.
   *
   * @return how many were done; those that somebody else holds are left out
   */
  protected abstract int apply(List<T> items, Instant upTo);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public int runBatch(Instant upTo) {
    return isolation.run(work(upTo, selection -> due(upTo, slice, selection)));
  }

  /** A batch in which each item is a transaction of its own. */
  protected final int runEach(Instant upTo) {
    return isolation.runEach(work(upTo, selection -> due(upTo, slice, selection)));
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return isolation.anyToTry(name) || !due(upTo, 1, Selection.REGULAR).isEmpty();
  }

  /** The same on other items than a whole slice of what is due. */
  protected final IsolatedWork<T> work(Instant upTo, Function<Selection, List<T>> due) {
    return new IsolatedWork<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public List<T> due(Selection selection) {
        return due.apply(selection);
      }

      @Override
      public Subject subjectOf(T item) {
        return IsolatedSweep.this.subjectOf(item);
      }

      @Override
      public int apply(List<T> items) {
        return IsolatedSweep.this.apply(items, upTo);
      }
    };
  }
}
