package io.tollgate.billing.sweep;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A part of the accounts that is processed concurrently with the others: while one shard computes,
 * the statements of another run.
 *
 * <p>A shard is a set of usage partitions, so no two shards share an account, and the work on one
 * account stays in order.
 *
 * @param number from 0
 * @param count how many shards there are
 */
public record AccountShard(int number, int count) {
  /** All accounts. */
  public static final AccountShard WHOLE = new AccountShard(0, 1);

  private static final int MAX = 4;

  /** One per processor, within bounds; more would only wait for each other. */
  private static final List<AccountShard> OF_THIS_MACHINE =
      of(Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX));

  public AccountShard {
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException("shard " + number + " of " + count);
    }
  }

  private static List<AccountShard> of(int count) {
    return IntStream.range(0, count).mapToObj(number -> new AccountShard(number, count)).toList();
  }

  /**
   * The partitions of the shard's accounts, to be named in a query. For {@code partition % count =
   * number} the planner estimates a selectivity of 0.5 % and reads the whole table for a batch.
   *
   * @param total how many partitions there are
   */
  public int[] partitions(int total) {
    return IntStream.range(0, total).filter(partition -> partition % count == number).toArray();
  }

  /**
   * Runs a batch of each shard concurrently, and waits for all of them.
   *
   * @param batch runs the batch of a shard, and returns how many items it processed
   * @return the number of items processed by all shards
   * @throws IllegalStateException if a batch failed; the other shards complete theirs
   */
  public static int inEach(ToIntFunction<AccountShard> batch) {
    List<Future<Integer>> done;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      done =
          OF_THIS_MACHINE.stream()
              .map(shard -> threads.submit(() -> batch.applyAsInt(shard)))
              .toList();
    }
    return done.stream().mapToInt(AccountShard::result).sum();
  }

  private static int result(Future<Integer> batch) {
    if (batch.state() == Future.State.FAILED) {
      throw new IllegalStateException("a shard cannot be worked on", batch.exceptionNow());
    }
    return batch.resultNow();
  }
}
