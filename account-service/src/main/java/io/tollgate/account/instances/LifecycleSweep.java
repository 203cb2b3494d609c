package io.tollgate.account.instances;

import static io.tollgate.model.Instants.earlier;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.accounts.JdbcWatermarkRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.lifecycle.InstanceKey;
import io.tollgate.model.AccountId;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Suspends instances when the grace period is over, and warns and releases when retention ends
 * (section 6).
 *
 * <p>It runs only up to billing's watermark of the account, because a payment still in Kafka must
 * be applied first. It does not wait for unread records of other accounts or topics.
 */
@Component
@Order(1)
class LifecycleSweep extends IsolatedSweep<InstanceKey> {

  static final String NAME = "instance-life";
  private static final int SLICE = 200;

  private final JdbcInstanceRepository instances;
  private final JdbcAccountRepository accounts;
  private final InstanceLifecycle lifecycle;
  private final JdbcWatermarkRepository watermarks;
  private final Transactions transactions;
  private final EffectWriter writer;

  LifecycleSweep(
      JdbcInstanceRepository instances,
      JdbcAccountRepository accounts,
      InstanceLifecycle lifecycle,
      JdbcWatermarkRepository watermarks,
      Transactions transactions,
      EffectWriter writer,
      Isolation isolation) {
    super(NAME, SLICE, isolation);
    this.instances = instances;
    this.accounts = accounts;
    this.lifecycle = lifecycle;
    this.watermarks = watermarks;
    this.transactions = transactions;
    this.writer = writer;
  }

  @Override
  protected List<InstanceKey> due(Instant upTo, int limit, Selection selection) {
    return instances.due(upTo, limit, selection);
  }

  @Override
  protected Subject subjectOf(InstanceKey key) {
    return Subject.of(key.account(), key.instance().value());
  }

  @Override
  protected int apply(List<InstanceKey> due, Instant upTo) {
    return transactions.run(() -> take(due, upTo));
  }

  private int take(List<InstanceKey> due, Instant upTo) {
    List<AccountId> locked =
        accounts.lockAvailable(due.stream().map(InstanceKey::account).distinct().toList());
    Effects effects = new Effects();
    int taken = 0;
    for (InstanceKey key : due) {
      if (locked.contains(key.account())
          && instances
              .find(Sight.ALL, key.instance())
              .map(instance -> lifecycle.takeDueStep(instance, bound(key, upTo), effects))
              .orElse(false)) {
        taken++;
      }
    }
    writer.write(effects);
    return taken;
  }

  private Instant bound(InstanceKey key, Instant upTo) {
    return earlier(watermarks.completeTo(key.account()), upTo);
  }
}
