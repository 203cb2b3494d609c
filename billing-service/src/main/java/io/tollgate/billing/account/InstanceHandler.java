package io.tollgate.billing.account;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.store.consumer.PositionedHandler;
import io.tollgate.store.consumer.Received;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Keeps what instances accounts have, for fees that accrue without usage. What is learnt too late
 * for a billed cycle has that cycle's month rated again.
 */
@Component
class InstanceHandler implements PositionedHandler<EventEnvelope<InstanceRecord>> {
  private static final String SAVE =
      """
      insert into instance (instance_id, account_id, product_id, mode, registered_at, ended_at)
      values (:instance, :account, :product, :mode, :registered, :ended)
      on conflict (instance_id)
      do update set product_id = excluded.product_id, mode = excluded.mode,
                    registered_at = excluded.registered_at, ended_at = excluded.ended_at
      """;
  private final JdbcClient jdbc;
  private final BilledMonths months;

  InstanceHandler(JdbcClient jdbc, BilledMonths months) {
    this.jdbc = jdbc;
    this.months = months;
  }

  @Override
  public String name() {
    return "instances";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.ACCOUNT_INSTANCES);
  }

  @Override
  public Optional<EventEnvelope<InstanceRecord>> decode(ConsumerRecord<String, byte[]> record) {
    return record.value() == null ? Optional.empty() : InstanceRecord.CODEC.decode(record.value());
  }

  /** The record is keyed by instance; what can't be applied parks the account. */
  @Override
  public Optional<String> accountOf(Received<EventEnvelope<InstanceRecord>> received) {
    return Optional.of(received.value().data().account().value());
  }

  @Override
  public void handle(List<Received<EventEnvelope<InstanceRecord>>> batch) {
    months.hold(batch.stream().map(received -> received.value().data().account()).toList());
    batch.forEach(received -> save(received.value().data()));
  }

  private void save(InstanceRecord instance) {
    jdbc.sql(SAVE)
        .param("instance", instance.instance().value())
        .param("account", instance.account().value())
        .param("product", instance.product().value())
        .param("mode", instance.mode().name())
        .param("registered", Timestamp.from(instance.registeredAt()))
        .param("ended", instance.endedAt().map(Timestamp::from).orElse(null))
        .update();
    months.rateAgain(
        instance.account(), instance.product(), instance.endedAt().orElse(instance.registeredAt()));
  }
}
