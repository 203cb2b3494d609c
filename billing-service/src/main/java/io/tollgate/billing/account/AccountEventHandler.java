package io.tollgate.billing.account;

import io.tollgate.billing.forcemajeure.NewAccounts;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.AccountOpened;
import io.tollgate.model.event.AccountEvent.InstanceStateChanged;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.AppliedSequences;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.support.messaging.KeyPartition;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens an account's books when the account is opened, and learns when instances are suspended. */
@Component
class AccountEventHandler implements PositionedHandler<EventEnvelope<AccountEvent>> {
  private static final String OPEN =
      """
      insert into account (account_id, partition, currency, accrued_to, last_movement_at, opened_at)
      values (:account, :partition, :currency, :at, :at, :at)
      on conflict (account_id) do nothing
      """;

  private final AppliedSequences applied;
  private final JdbcClient jdbc;
  private final Suspensions suspensions;
  private final NewAccounts newAccounts;
  private final int partitions;

  AccountEventHandler(
      AppliedSequences applied,
      JdbcClient jdbc,
      Suspensions suspensions,
      NewAccounts newAccounts,
      KafkaSettings kafka) {
    this.suspensions = suspensions;
    this.newAccounts = newAccounts;
    this.applied = applied;
    this.jdbc = jdbc;
    this.partitions = kafka.partitions();
  }

  @Override
  public String name() {
    return "account-events";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.ACCOUNT_EVENTS);
  }

  @Override
  public Optional<EventEnvelope<AccountEvent>> decode(ConsumerRecord<String, byte[]> record) {
    return AccountEvent.CODEC.decode(record.value());
  }

  @Override
  public void handle(List<Received<EventEnvelope<AccountEvent>>> batch) {
    List<InstanceStateChanged> changes = new ArrayList<>();
    for (Received<EventEnvelope<AccountEvent>> received :
        applied.unapplied(Topics.ACCOUNT_EVENTS, batch)) {
      if (received.value().data() instanceof AccountOpened opened) {
        open(opened);
      } else if (received.value().data() instanceof InstanceStateChanged changed) {
        changes.add(changed);
      }
    }
    suspensions.take(changes);
  }

  private void open(AccountOpened opened) {
    int opening =
        jdbc.sql(OPEN)
            .param("account", opened.account().value())
            .param("partition", KeyPartition.of(opened.account().value(), partitions))
            .param("currency", opened.currency().value())
            .param("at", Timestamp.from(opened.at()))
            .update();
    if (opening == 1) {
      newAccounts.opened(opened.account(), opened.at());
    }
  }
}
