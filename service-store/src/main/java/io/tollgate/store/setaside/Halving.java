package io.tollgate.store.setaside;

import io.tollgate.store.jdbc.Failures;
import io.tollgate.support.failure.Causes;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does many items together so that whatever an item's data provokes stays with that item: a batch
 * that fails for its data is halved until what fails stands alone. A good batch costs nothing more,
 * and a bad item some repetitions.
 *
 * <p>A failure of the infrastructure is thrown: it says nothing about any item.
 */
public final class Halving {
  private static final Logger log = LoggerFactory.getLogger(Halving.class);

  private Halving() {}

  /**
   * Does items in their order.
   *
   * @param what the work, for the log
   * @param batch does some of them, all or none, and may be called again with fewer
   * @param alone what comes of an item that fails alone, given why
   * @return what came of them, in their order
   */
  public static <T, R> List<R> run(
      String what,
      List<T> items,
      Function<List<T>, List<R>> batch,
      BiFunction<T, Throwable, List<R>> alone) {
    if (items.isEmpty()) {
      return List.of();
    }
    try {
      return batch.apply(items);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      if (Failures.ofInfrastructure(e)) {
        throw e;
      }
      if (items.size() == 1) {
        return alone.apply(items.getFirst(), e);
      }
      log.warn("{} of {} items fails and is halved: {}", what, items.size(), Causes.brief(e));
      int half = items.size() / 2;
      return Stream.of(items.subList(0, half), items.subList(half, items.size()))
          .flatMap(some -> run(what, some, batch, alone).stream())
          .toList();
    }
  }
}
