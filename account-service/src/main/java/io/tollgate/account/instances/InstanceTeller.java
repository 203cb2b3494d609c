package io.tollgate.account.instances;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.telling.Effects;
import io.tollgate.account.telling.Teller;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.store.recovery.StateTeller;
import io.tollgate.support.time.BusinessClock;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells metering and billing again who pays for an instance, after a restore. */
@Component
class InstanceTeller implements StateTeller {

  private final JdbcInstanceRepository instances;
  private final JdbcAccountRepository accounts;
  private final InstanceLife life;
  private final Teller teller;
  private final BusinessClock clock;

  InstanceTeller(
      JdbcInstanceRepository instances,
      JdbcAccountRepository accounts,
      InstanceLife life,
      Teller teller,
      BusinessClock clock) {
    this.instances = instances;
    this.accounts = accounts;
    this.life = life;
    this.teller = teller;
    this.clock = clock;
  }

  @Override
  public String topic() {
    return Topics.ACCOUNT_INSTANCES;
  }

  @Override
  public void tellAgain(String key) {
    InstanceId id = InstanceId.of(key);
    Optional<AccountId> account =
        instances.find(Sight.ALL, id).map(instance -> instance.subject().account());
    account.ifPresent(owner -> accounts.lock(Sight.ALL, owner));
    Effects effects = new Effects();
    instances
        .find(Sight.ALL, id)
        .ifPresentOrElse(
            instance -> life.publish(instance, clock.now(), effects),
            () -> effects.message(OutboxMessage.tombstone(topic(), key)));
    teller.tell(effects);
  }
}
