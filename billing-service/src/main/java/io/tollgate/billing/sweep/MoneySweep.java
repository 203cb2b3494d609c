package io.tollgate.billing.sweep;

import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import java.time.Instant;
import java.util.List;

/**
 * A sweep that changes what accounts owe. Such sweeps run one after another in the money lane, in
 * the order of their beans, and the watermark waits for them.
 *
 * @param <T> an item
 */
public abstract class MoneySweep<T> extends IsolatedSweep<T> implements DueMoney {
  /** The lane of all sweeps that lock accounts. */
  public static final String LANE = "money";

  private final int slice;
  private final Isolation isolation;

  /** See {@link IsolatedSweep}. */
  protected MoneySweep(String name, int slice, Isolation isolation) {
    super(name, slice, isolation);
    this.slice = slice;
    this.isolation = isolation;
  }

  /** The due items of some accounts; see {@link IsolatedSweep#due}. */
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

  /** Runs a batch in each shard concurrently, after retrying what was set aside. */
  protected final int runInShards(Instant upTo) {
    return isolation.retry(ofShard(upTo, AccountShard.WHOLE))
        + AccountShard.inEach(shard -> isolation.doBatch(ofShard(upTo, shard)));
  }

  private IsolatedWork<T> ofShard(Instant upTo, AccountShard shard) {
    return work(upTo, selection -> due(upTo, shard, slice, selection));
  }
}
