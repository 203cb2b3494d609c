package io.tollgate.account.arrears;

import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.accounts.JdbcWatermarkRepository;
import io.tollgate.account.accounts.StatedDebts;
import io.tollgate.account.instances.Instance;
import io.tollgate.account.instances.InstanceLife;
import io.tollgate.account.instances.JdbcInstanceRepository;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.account.telling.Effects;
import io.tollgate.account.telling.Teller;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.Topics;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.consumer.AppliedSequences;
import io.tollgate.support.consumer.PositionedHandler;
import io.tollgate.support.consumer.Received;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.stereotype.Component;

/** Debt comes and goes by what billing tells; every instance of the account follows (C2.3). */
@Component
class BillingEventHandler implements PositionedHandler<EventEnvelope<BillingRecord>> {

  private final AppliedSequences applied;
  private final JdbcAccountRepository accounts;
  private final JdbcWatermarkRepository watermarks;
  private final JdbcInstanceRepository instances;
  private final InstanceLife life;
  private final Teller teller;
  private final ServiceIdentity identity;

  BillingEventHandler(
      AppliedSequences applied,
      JdbcAccountRepository accounts,
      JdbcWatermarkRepository watermarks,
      JdbcInstanceRepository instances,
      InstanceLife life,
      Teller teller,
      ServiceIdentity identity) {
    this.applied = applied;
    this.accounts = accounts;
    this.watermarks = watermarks;
    this.instances = instances;
    this.life = life;
    this.teller = teller;
    this.identity = identity;
  }

  @Override
  public String name() {
    return "billing-events";
  }

  @Override
  public Set<String> topics() {
    return Set.of(Topics.BILLING_EVENTS);
  }

  @Override
  public Optional<EventEnvelope<BillingRecord>> decode(ConsumerRecord<String, byte[]> record) {
    return BillingRecord.CODEC.decode(record.value());
  }

  @Override
  public void handle(List<Received<EventEnvelope<BillingRecord>>> batch) {
    List<Received<EventEnvelope<BillingRecord>>> fresh =
        applied.unapplied(Topics.BILLING_EVENTS, batch);
    List<BillingEvent> concerned =
        fresh.stream()
            .map(received -> received.value().data())
            .filter(BillingEvent.class::isInstance)
            .map(BillingEvent.class::cast)
            .filter(BillingEventHandler::concernsDebt)
            .toList();
    if (!concerned.isEmpty()) {
      applyAll(concerned);
    }
    fresh.forEach(this::noteProgress);
  }

  /** Counts together with the events before it, which this transaction applies. */
  private void noteProgress(Received<EventEnvelope<BillingRecord>> received) {
    if (received.value().data() instanceof BillingWatermark watermark) {
      watermarks.advance(received.partition(), watermark);
    }
  }

  private void applyAll(List<BillingEvent> concerned) {
    accounts.lockAll(concerned.stream().map(BillingEvent::account).collect(Collectors.toSet()));
    StatedDebts stated = new StatedDebts();
    concerned.forEach(stated::take);
    accounts.state(stated);
    Effects effects = new Effects();
    concerned.forEach(event -> apply(event, effects));
    teller.tell(effects);
  }

  private static boolean concernsDebt(BillingEvent event) {
    return event instanceof BillingEvent.ArrearsBegan
        || event instanceof BillingEvent.ArrearsRetimed
        || event instanceof BillingEvent.ArrearsCleared
        || event instanceof BillingEvent.PenaltyAccrued
        || event instanceof BillingEvent.DebtStated;
  }

  private void apply(BillingEvent event, Effects effects) {
    switch (event) {
      case BillingEvent.ArrearsBegan e -> {
        accounts.owes(e.account(), e.earliestDueAt());
        each(e.account(), new Trigger.ArrearsBegan(e.earliestDueAt(), e.at()), effects);
      }
      case BillingEvent.ArrearsRetimed e -> {
        accounts.owes(e.account(), e.earliestDueAt());
        each(e.account(), new Trigger.ArrearsRetimed(e.earliestDueAt(), e.at()), effects);
      }
      case BillingEvent.ArrearsCleared e -> {
        accounts.cleared(e.account());
        each(e.account(), new Trigger.ArrearsCleared(e.at()), effects);
      }
      case BillingEvent.RechargeBooked e -> {}
      case BillingEvent.BillBooked e -> {}
      case BillingEvent.BillAdjusted e -> {}
      case BillingEvent.RechargeReversed e -> {}
      case BillingEvent.PenaltyAccrued e -> {}
      case BillingEvent.DebtStated e -> {}
      case BillingEvent.ForceMajeureDeclared e -> {}
      case BillingEvent.LowBalance e -> {}
      case BillingEvent.AdjustmentBooked e -> {}
      case BillingEvent.PriceChanged e -> {}
    }
  }

  private void each(AccountId account, Trigger trigger, Effects effects) {
    for (Instance instance : instances.live(account)) {
      var unused = life.apply(instance, trigger, identity.source(), effects);
    }
  }
}
