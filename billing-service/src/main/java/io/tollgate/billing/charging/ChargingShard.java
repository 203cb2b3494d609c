package io.tollgate.billing.charging;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A part of the accounts that is charged beside the others.
 *
 * <p>Accounts are told apart by the usage partition that carries them, so no two shards ever want
 * the same account, and each account's cycles are still billed one after the other.
 *
 * @param number from 0
 * @param count how many shards there are
 */
record ChargingShard(int number, int count) {
  /** All accounts. */
  static final ChargingShard WHOLE = new ChargingShard(0, 1);

  private static final int MAX = 4;

  ChargingShard {
    if (number < 0 || number >= count) {
      throw new IllegalArgumentException("shard " + number + " of " + count);
    }
  }

  /** As many shards as this machine can work on at once; more would only wait for each other. */
  static List<ChargingShard> ofThisMachine() {
    int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX);
    return IntStream.range(0, count).mapToObj(number -> new ChargingShard(number, count)).toList();
  }
}
