package io.tollgate.billing.journal;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * A part of the accounts that is worked on beside the others: while one computes, another's
 * statements run.
 *
 * <p>Accounts are told apart by the usage partition that carries them, so no two shards ever want
 * the same account, and what is done to one account is done in order.
 *
 * @param number from 0
 * @param count how many shards there are
 */
public record AccountShard(int number, int count) {
  /** All accounts. */
  public static final AccountShard WHOLE = new AccountShard(0, 1);

  private static final int MAX = 4;

  /** As many as this machine can work on at once; more would only wait for each other. */
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
   * The partitions whose accounts are the shard's. A query names them: of {@code partition % count
   * = number} the planner takes that hardly a row is so, and reads the whole table for a batch.
   *
   * @param total how many partitions there are
   */
  public int[] partitions(int total) {
    return IntStream.range(0, total).filter(partition -> partition % count == number).toArray();
  }

  /**
   * Does a batch of each shard, side by side, and waits for all of them.
   *
   * @param batch does it, and says how much that was
   * @return how much was done in all
   * @throws IllegalStateException when one failed; the others are done all the same
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
      throw new IllegalStateException("a shard can't be worked on", batch.exceptionNow());
    }
    return batch.resultNow();
  }
}
