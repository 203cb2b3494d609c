package io.tollgate.billing.journal;

import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import java.time.Instant;
import java.util.List;

/**
 * A sweep that changes what accounts owe: it runs in the lane of money, one after the other in the
 * order of the beans, and what is published up to an instant waits for it.
 *
 * @param <T> an item
 */
public abstract class MoneySweep<T> extends IsolatedSweep<T> implements DueMoney {
  /** The lane of everything that changes accounts. */
  public static final String LANE = "money";

  private final int slice;
  private final Isolation isolation;

  /** See {@link IsolatedSweep}. */
  protected MoneySweep(String name, int slice, Isolation isolation) {
    super(name, slice, isolation);
    this.slice = slice;
    this.isolation = isolation;
  }

  /** Items of a part of the accounts that are due; see {@link IsolatedSweep#due}. */
  protected abstract List<T> due(Instant upTo, AccountShard part, int limit, Selection selection);

  @Override
  protected final List<T> due(Instant upTo, int limit, Selection selection) {
    return due(upTo, AccountShard.WHOLE, limit, selection);
  }

  @Override
  public final String lane() {
    return LANE;
  }

  @Override
  public boolean anythingDue(Instant upTo, AccountShard part) {
    return !due(upTo, part, 1, Selection.REGULAR).isEmpty();
  }

  /** A batch in each shard, side by side; what was set aside is tried before them. */
  protected final int runInShards(Instant upTo) {
    return isolation.retry(ofShard(upTo, AccountShard.WHOLE))
        + AccountShard.inEach(shard -> isolation.doBatch(ofShard(upTo, shard)));
  }

  private IsolatedWork<T> ofShard(Instant upTo, AccountShard shard) {
    return work(upTo, selection -> due(upTo, shard, slice, selection));
  }
}
