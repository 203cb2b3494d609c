package io.tollgate.standalone;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Does the same with many items, a few at a time: one after the other would take long, and all at
 * once would be shed.
 */
public final class InParallel {

  private static final int AT_ONCE = 8;

  private InParallel() {}

  /**
   * Makes something of each item.
   *
   * @return the results, in the order of the items
   * @throws IllegalStateException when any of them failed, with the first failure as its cause
   */
  public static <T, R> List<R> map(Collection<T> items, Function<? super T, ? extends R> work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<R>> tasks = new ArrayList<>(items.size());
      items.forEach(item -> tasks.add(threads.submit(() -> work.apply(item))));
      List<R> results = new ArrayList<>(tasks.size());
      for (Future<R> task : tasks) {
        results.add(task.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw new IllegalStateException("one of many failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * Does something for each number from 0; returns when all is done.
   *
   * @throws IllegalStateException when any of them failed, with the first failure as its cause
   */
  public static void run(int count, IntConsumer work) {
    forEach(IntStream.range(0, count).boxed().toList(), work::accept);
  }

  /**
   * Does something with each item; returns when all is done.
   *
   * @throws IllegalStateException when any of them failed, with the first failure as its cause
   */
  public static <T> void forEach(Collection<T> items, Consumer<? super T> work) {
    var unused =
        map(
            items,
            item -> {
              work.accept(item);
              return true;
            });
  }
}
