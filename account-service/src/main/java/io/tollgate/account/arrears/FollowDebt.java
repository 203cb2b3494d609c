package io.tollgate.account.arrears;

import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.accounts.JdbcDebtRepository;
import io.tollgate.account.accounts.ProductDebt;
import io.tollgate.account.accounts.StatedDebts;
import io.tollgate.account.arrears.Arrears.Owing;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.instances.Instance;
import io.tollgate.account.instances.InstanceLifecycle;
import io.tollgate.account.instances.JdbcInstanceRepository;
import io.tollgate.account.instances.TermPolicies;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.store.agreement.Policies;
import io.tollgate.support.ServiceIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Debt comes and goes by what billing tells; the instances of the products owed for follow (C2.3,
 * section 6).
 */
@Component
class FollowDebt {

  private final JdbcAccountRepository accounts;
  private final JdbcDebtRepository debts;
  private final JdbcInstanceRepository instances;
  private final InstanceLifecycle lifecycle;
  private final Policies policies;
  private final EffectWriter writer;
  private final ServiceIdentity identity;

  FollowDebt(
      JdbcAccountRepository accounts,
      JdbcDebtRepository debts,
      JdbcInstanceRepository instances,
      InstanceLifecycle lifecycle,
      Policies policies,
      EffectWriter writer,
      ServiceIdentity identity) {
    this.accounts = accounts;
    this.debts = debts;
    this.instances = instances;
    this.lifecycle = lifecycle;
    this.policies = policies;
    this.writer = writer;
    this.identity = identity;
  }

  /** Applies what billing told, in its order. */
  void apply(List<BillingEvent> events) {
    List<BillingEvent> concerned = events.stream().filter(FollowDebt::concernsDebt).toList();
    if (!concerned.isEmpty()) {
      applyAll(concerned);
    }
  }

  private void applyAll(List<BillingEvent> concerned) {
    accounts.lockAll(concerned.stream().map(BillingEvent::account).collect(Collectors.toSet()));
    StatedDebts stated = new StatedDebts();
    concerned.forEach(stated::take);
    accounts.state(stated);
    Effects effects = new Effects();
    concerned.forEach(event -> apply(event, effects));
    writer.write(effects);
  }

  private static boolean concernsDebt(BillingEvent event) {
    return event instanceof BillingEvent.ArrearsBegan
        || event instanceof BillingEvent.ArrearsRetimed
        || event instanceof BillingEvent.ArrearsCleared
        || event instanceof BillingEvent.ForceMajeureDeclared
        || event instanceof BillingEvent.PenaltyAccrued
        || event instanceof BillingEvent.DebtStated;
  }

  private void apply(BillingEvent event, Effects effects) {
    switch (event) {
      case BillingEvent.ArrearsBegan e ->
          change(e, () -> debts.owes(e.account(), debt(e.product(), e.earliestDueAt())), effects);
      case BillingEvent.ArrearsRetimed e ->
          change(e, () -> debts.owes(e.account(), debt(e.product(), e.earliestDueAt())), effects);
      case BillingEvent.ArrearsCleared e ->
          change(e, () -> debts.paid(e.account(), e.product()), effects);
      case BillingEvent.ForceMajeureDeclared e -> change(e, () -> debts.excuse(e), effects);
      case BillingEvent.RechargeBooked e -> {}
      case BillingEvent.BillBooked e -> {}
      case BillingEvent.BillAdjusted e -> {}
      case BillingEvent.RechargeReversed e -> {}
      case BillingEvent.PenaltyAccrued e -> {}
      case BillingEvent.DebtStated e -> {}
      case BillingEvent.RemittanceRejected e -> {}
      case BillingEvent.LowBalance e -> {}
      case BillingEvent.AdjustmentBooked e -> {}
      case BillingEvent.PriceChanged e -> {}
    }
  }

  private ProductDebt debt(ProductId product, Instant dueAt) {
    return new ProductDebt(product, dueAt, TermPolicies.isAccountWide(policies, product, dueAt));
  }

  /** Every instance for which something else is owed than before follows. */
  private void change(BillingEvent event, Runnable change, Effects effects) {
    Arrears before = arrears(event.account());
    change.run();
    Arrears after = arrears(event.account());
    for (Instance instance : instances.live(event.account())) {
      Optional<Owing> known = before.of(instance, policies);
      Optional<Owing> now = after.of(instance, policies);
      if (!now.equals(known)) {
        var unused =
            lifecycle.apply(instance, trigger(event, known, now), identity.source(), effects);
      }
    }
  }

  private Arrears arrears(AccountId account) {
    return new Arrears(debts.of(account), debts.excused(account));
  }

  private static Trigger trigger(BillingEvent event, Optional<Owing> known, Optional<Owing> now) {
    Instant at = event.at();
    if (now.isEmpty()) {
      return new Trigger.ArrearsCleared(at);
    }
    Instant dueAt = now.get().earliestDueAt();
    Instant graceEndsAt = now.get().graceEndsAt();
    if (known.isEmpty()) {
      return new Trigger.ArrearsBegan(dueAt, graceEndsAt, at);
    }
    return event instanceof BillingEvent.ForceMajeureDeclared
        ? new Trigger.GraceExcused(dueAt, graceEndsAt, at)
        : new Trigger.ArrearsRetimed(dueAt, graceEndsAt, at);
  }
}
