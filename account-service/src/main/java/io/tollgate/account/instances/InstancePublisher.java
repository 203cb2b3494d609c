package io.tollgate.account.instances;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.store.recovery.StatePublisher;
import io.tollgate.support.time.BusinessClock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Republishes to metering and billing, after a restore, who pays for an instance. */
@Component
class InstancePublisher implements StatePublisher {

  private final JdbcInstanceRepository instances;
  private final JdbcAccountRepository accounts;
  private final InstanceLifecycle lifecycle;
  private final EffectWriter writer;
  private final BusinessClock clock;

  InstancePublisher(
      JdbcInstanceRepository instances,
      JdbcAccountRepository accounts,
      InstanceLifecycle lifecycle,
      EffectWriter writer,
      BusinessClock clock) {
    this.instances = instances;
    this.accounts = accounts;
    this.lifecycle = lifecycle;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return Topics.ACCOUNT_INSTANCES;
  }

  @Override
  public void republish(String key) {
    InstanceId id = InstanceId.of(key);
    Optional<AccountId> account =
        instances.find(Sight.ALL, id).map(instance -> instance.key().account());
    account.ifPresent(owner -> accounts.lock(Sight.ALL, owner));
    Effects effects = new Effects();
    instances
        .find(Sight.ALL, id)
        .ifPresentOrElse(
            instance -> lifecycle.publish(instance, clock.now(), effects),
            () -> effects.message(OutboxMessage.tombstone(topic(), key)));
    writer.write(effects);
  }
}
