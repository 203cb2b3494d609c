package io.tollgate.account.instances;

import static io.tollgate.model.Instants.earlier;

import io.tollgate.account.accounts.JdbcWatermarkRepository;
import io.tollgate.account.commands.PlatformCommands;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.lifecycle.Lifecycle;
import io.tollgate.account.lifecycle.Outcome;
import io.tollgate.account.lifecycle.Status;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.account.lifecycle.WantedCommand;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.AccountEvent;
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
 * <p>Before a trigger is applied, every step that fell due earlier is taken as of its due time, as
 * far as billing's watermark allows. The outcome therefore does not depend on when the instance was
 * last looked at.
 */
@Component
public class InstanceLifecycle {

  private static final int MAX_STEPS = 20;
  private static final String WITHHELD =
      "billing has work of this account set aside, so its debt may change";

  private final Lifecycle lifecycle;
  private final JdbcInstanceRepository instances;
  private final JdbcSuspensions suspensions;
  private final PlatformCommands commands;
  private final JdbcWatermarkRepository watermarks;
  private final Policies policies;
  private final ServiceIdentity identity;

  InstanceLifecycle(
      BillingCalendar calendar,
      JdbcInstanceRepository instances,
      JdbcSuspensions suspensions,
      PlatformCommands commands,
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

  /** Applies a trigger of a caller. */
  public Applied apply(Instance instance, Trigger trigger, String who, Effects effects) {
    return applyOne(
        caughtUp(instance, completeTo(instance, trigger), effects), trigger, who, effects);
  }

  /**
   * Up to when steps may be taken before a trigger. Billing's events arrive in order; before any
   * other trigger a payment may still be in transit.
   */
  private Instant completeTo(Instance instance, Trigger trigger) {
    boolean toldByBilling =
        trigger instanceof Trigger.ArrearsBegan
            || trigger instanceof Trigger.ArrearsRetimed
            || trigger instanceof Trigger.GraceExcused
            || trigger instanceof Trigger.ArrearsCleared;
    Instant complete =
        toldByBilling ? trigger.at() : watermarks.completeTo(instance.key().account());
    return earlier(complete, trigger.at());
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
      instances.reschedule(instance.key(), nextStep(instance).map(Trigger::at));
    }
    return taken;
  }

  /** The next step that falls due by time alone. */
  public Optional<Trigger> nextStep(Instance instance) {
    return lifecycle.nextStep(instance.status());
  }

  /** Why the next deletion is withheld, as text; empty if it is not. */
  Optional<String> deletionWithheld(Instance instance) {
    return nextStep(instance).filter(step -> isWithheld(instance, step)).map(step -> WITHHELD);
  }

  /** Deletion waits while billing has work of the account set aside: it cannot be undone. */
  private boolean isWithheld(Instance instance, Trigger step) {
    return step instanceof Trigger.DeletionDue && watermarks.isSetAside(instance.key().account());
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
        "instance " + instance.key().instance() + " still has due steps at " + at);
  }

  private Applied applyOne(Instance before, Trigger trigger, String who, Effects effects) {
    Outcome outcome =
        lifecycle.apply(
            before.key(),
            before.status(),
            trigger,
            TermPolicies.terms(policies, before.key().product(), trigger.at()));
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
    List<WantedCommand> wanted = changed.commands();
    for (int i = 0; i < wanted.size(); i++) {
      commands.issue(
          after.key(), after.platform(), wanted.get(i), cause + ":command:" + i, effects);
    }
    boolean suspensionChanged =
        suspensions.note(after.key(), before.status().state(), status.state(), trigger.at());
    if (suspensionChanged || !after.endedAt().equals(before.endedAt())) {
      publish(after, trigger.at(), effects);
    }
    effects.trail(TrailText.entry(who, before, status.state(), trigger), trigger.at());
    return after;
  }

  /** Publishes the state of the instance to metering and billing. */
  void publish(Instance instance, Instant at, Effects effects) {
    InstanceRecord record = instance.record(suspensions.of(instance.key(), at));
    effects.message(
        OutboxMessage.ofKey(
            Topics.ACCOUNT_INSTANCES,
            record.instance().value(),
            InstanceRecord.CODEC,
            cause(instance),
            at,
            record));
  }

  /** The cause from which the ids of an instance version's events derive. */
  static String cause(Instance instance) {
    return "instance:" + instance.key().instance() + ":" + instance.version();
  }
}
