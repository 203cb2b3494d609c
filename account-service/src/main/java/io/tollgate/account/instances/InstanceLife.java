package io.tollgate.account.instances;

import io.tollgate.account.accounts.JdbcWatermarkRepository;
import io.tollgate.account.commands.CommandDesk;
import io.tollgate.account.lifecycle.Lifecycle;
import io.tollgate.account.lifecycle.Outcome;
import io.tollgate.account.lifecycle.Status;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.account.lifecycle.Wanted;
import io.tollgate.account.telling.Effects;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.support.ServiceIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Applies triggers to stored instances, under their account's lock.
 *
 * <p>Before a trigger of an instant everything that time alone had brought about by then is done,
 * at the instants it was due, as far as everything is told that may have prevented it: the outcome
 * does not depend on when anybody looked.
 */
@Component
public class InstanceLife {

  private static final int MAX_STEPS = 20;
  private static final String WITHHELD =
      "billing has work of this account set aside: what it owes may change";

  private final Lifecycle lifecycle;
  private final JdbcInstanceRepository instances;
  private final JdbcSuspensions suspensions;
  private final CommandDesk commands;
  private final JdbcWatermarkRepository watermarks;
  private final Policies policies;
  private final ServiceIdentity identity;

  InstanceLife(
      BillingCalendar calendar,
      JdbcInstanceRepository instances,
      JdbcSuspensions suspensions,
      CommandDesk commands,
      JdbcWatermarkRepository watermarks,
      Policies policies,
      ServiceIdentity identity) {
    this.lifecycle = new Lifecycle(calendar);
    this.instances = instances;
    this.suspensions = suspensions;
    this.commands = commands;
    this.watermarks = watermarks;
    this.policies = policies;
    this.identity = identity;
  }

  /**
   * What a trigger did.
   *
   * @param instance the instance from now on
   * @param outcome changed, unchanged or refused
   */
  public record Applied(Instance instance, Outcome outcome) {}

  /** Applies a trigger that somebody pulled. */
  public Applied apply(Instance instance, Trigger trigger, String who, Effects effects) {
    return applyOne(
        caughtUp(instance, completeTo(instance, trigger), effects), trigger, who, effects);
  }

  /**
   * Until when time may have brought something about before a trigger: what billing tells comes in
   * its order, and before anybody else's trigger a payment may still be on its way.
   */
  private Instant completeTo(Instance instance, Trigger trigger) {
    boolean toldByBilling =
        trigger instanceof Trigger.ArrearsBegan
            || trigger instanceof Trigger.ArrearsRetimed
            || trigger instanceof Trigger.GraceExcused
            || trigger instanceof Trigger.ArrearsCleared;
    Instant complete =
        toldByBilling ? trigger.at() : watermarks.completeTo(instance.subject().account());
    return complete.isBefore(trigger.at()) ? complete : trigger.at();
  }

  /** Takes the next step that is due; false when there is none. */
  boolean takeDueStep(Instance instance, Instant upTo, Effects effects) {
    Optional<Trigger> step =
        nextStep(instance)
            .filter(due -> !due.at().isAfter(upTo))
            .filter(due -> !isWithheld(instance, due));
    boolean taken =
        step.isPresent()
            && applyOne(instance, step.get(), identity.source(), effects).outcome()
                instanceof Outcome.Changed;
    if (!taken) {
      instances.reschedule(instance.subject(), nextStep(instance).map(Trigger::at));
    }
    return taken;
  }

  /** The next step that time alone brings about. */
  public Optional<Trigger> nextStep(Instance instance) {
    return lifecycle.nextStep(instance.status());
  }

  /** Why the deletion that comes next waits, in words for people; empty when it does not. */
  Optional<String> deletionWithheld(Instance instance) {
    return nextStep(instance).filter(step -> isWithheld(instance, step)).map(step -> WITHHELD);
  }

  /** What can't be undone waits while billing has work of the account set aside. */
  private boolean isWithheld(Instance instance, Trigger step) {
    return step instanceof Trigger.DeletionDue
        && watermarks.isSetAside(instance.subject().account());
  }

  private Instance caughtUp(Instance instance, Instant at, Effects effects) {
    Instance current = instance;
    for (int steps = 0; steps < MAX_STEPS; steps++) {
      Optional<Trigger> due = nextStep(current).filter(step -> step.at().isBefore(at));
      if (due.isEmpty() || isWithheld(current, due.get())) {
        return current;
      }
      current = applyOne(current, due.get(), identity.source(), effects).instance();
    }
    throw new IllegalStateException(
        "instance " + instance.subject().instance() + " does not come to rest by " + at);
  }

  private Applied applyOne(Instance before, Trigger trigger, String who, Effects effects) {
    Outcome outcome =
        lifecycle.apply(
            before.subject(),
            before.status(),
            trigger,
            TermPolicies.terms(policies, before.subject().product(), trigger.at()));
    return switch (outcome) {
      case Outcome.Changed changed ->
          new Applied(store(before, trigger, changed, who, effects), outcome);
      case Outcome.Unchanged unchanged -> new Applied(before, outcome);
      case Outcome.Refused refused -> new Applied(before, outcome);
    };
  }

  private Instance store(
      Instance before, Trigger trigger, Outcome.Changed changed, String who, Effects effects) {
    Status status = changed.status();
    Instance after = before.next(status, trigger.at());
    instances.save(after, lifecycle.nextStep(status).map(Trigger::at));
    String cause = cause(after);
    List<AccountEvent> events = changed.events();
    for (int i = 0; i < events.size(); i++) {
      effects.event(cause + ":" + i, events.get(i));
    }
    List<Wanted> wanted = changed.commands();
    for (int i = 0; i < wanted.size(); i++) {
      commands.issue(
          after.subject(), after.platform(), wanted.get(i), cause + ":command:" + i, effects);
    }
    boolean suspensionChanged =
        suspensions.note(after.subject(), before.status().state(), status.state(), trigger.at());
    if (suspensionChanged || !after.endedAt().equals(before.endedAt())) {
      publish(after, trigger.at(), effects);
    }
    effects.trail(TrailText.entry(who, before, status.state(), trigger), trigger.at());
    return after;
  }

  /** Tells metering and billing what the instance is now. */
  void publish(Instance instance, Instant at, Effects effects) {
    InstanceRecord record = instance.record(suspensions.of(instance.subject(), at));
    effects.message(
        OutboxMessage.state(
            Topics.ACCOUNT_INSTANCES,
            record.instance().value(),
            InstanceRecord.CODEC.encode(
                new EventEnvelope<>(
                    cause(instance),
                    identity.source(),
                    InstanceRecord.CODEC.typeOf(record),
                    record.instance().value(),
                    at,
                    0,
                    0,
                    Optional.empty(),
                    record))));
  }

  /** What events of an instance's version derive their ids from. */
  static String cause(Instance instance) {
    return "instance:" + instance.subject().instance() + ":" + instance.version();
  }
}
