package io.tollgate.account.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.lifecycle.Trigger.HoldScope;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells an instance's life step by step and keeps what came of it. */
final class Story {

  static final InstanceKey SUBJECT =
      new InstanceKey(new AccountId("acme"), new InstanceId("vm-1"), new ProductId("compute"));

  final Lifecycle lifecycle = new Lifecycle(BillingCalendar.SHANGHAI);
  final List<AccountEvent> events = new ArrayList<>();
  final List<WantedCommand> commands = new ArrayList<>();
  Terms terms = Terms.DEFAULT;
  Duration grace = Duration.ofHours(24);
  Status status = Status.OPENED;

  /** An instant of the billing zone in March 2026. */
  static Instant march(int day, String time) {
    return LocalDateTime.parse("2026-03-%02dT%s".formatted(day, time))
        .atZone(BillingCalendar.SHANGHAI.zone())
        .toInstant();
  }

  Story then(Trigger trigger) {
    Outcome outcome = lifecycle.apply(SUBJECT, status, trigger, terms);
    assertThat(outcome).as("outcome of %s", trigger).isInstanceOf(Outcome.Changed.class);
    Outcome.Changed changed = (Outcome.Changed) outcome;
    status = changed.status();
    events.addAll(changed.events());
    commands.addAll(changed.commands());
    return this;
  }

  /** Takes the next step that time brings, which must fall due then. */
  Story stepDueAt(Instant at) {
    assertThat(next().map(Trigger::at)).contains(at);
    return then(next().orElseThrow());
  }

  Story owesSince(Instant dueAt) {
    return then(new Trigger.ArrearsBegan(dueAt, dueAt.plus(grace), dueAt));
  }

  Story suspendedAt(Instant at) {
    return owesSince(at.minus(grace)).stepDueAt(at);
  }

  /** Another bill is the earliest unpaid one. */
  Story retimed(Instant dueAt, Instant at) {
    return then(new Trigger.ArrearsRetimed(dueAt, dueAt.plus(grace), at));
  }

  Story hold(HoldCause cause, Instant at) {
    return then(
        new Trigger.HoldPlaced(HoldScope.INSTANCE, cause, HoldEffect.SUSPEND, "because", at));
  }

  Story lift(HoldCause cause, Instant at) {
    return then(
        new Trigger.HoldLifted(HoldScope.INSTANCE, cause, HoldEffect.SUSPEND, "settled", at));
  }

  Story restrict(HoldCause cause, Instant at) {
    return then(
        new Trigger.HoldPlaced(HoldScope.INSTANCE, cause, HoldEffect.RESTRICT, "because", at));
  }

  Story unrestrict(HoldCause cause, Instant at) {
    return then(
        new Trigger.HoldLifted(HoldScope.INSTANCE, cause, HoldEffect.RESTRICT, "settled", at));
  }

  /** Delivers the last warning asked for. */
  Story warningDelivered(Instant at) {
    String warning =
        events.stream()
            .filter(AccountEvent.DeletionScheduled.class::isInstance)
            .map(event -> ((AccountEvent.DeletionScheduled) event).warning())
            .reduce((first, second) -> second)
            .orElseThrow();
    return then(new Trigger.WarningDelivered(warning, at));
  }

  Optional<Trigger> next() {
    return lifecycle.nextStep(status);
  }

  Outcome tried(Trigger trigger) {
    return lifecycle.apply(SUBJECT, status, trigger, terms);
  }

  List<CommandKind> commandKinds() {
    return commands.stream().map(WantedCommand::kind).toList();
  }

  <E extends AccountEvent> List<E> told(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
