package io.tollgate.account.holds;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.instances.Instance;
import io.tollgate.account.instances.InstanceLifecycle;
import io.tollgate.account.instances.InstanceRequests;
import io.tollgate.account.instances.JdbcInstanceRepository;
import io.tollgate.account.lifecycle.HoldRules;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.account.lifecycle.Trigger.HoldScope;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.Quoted;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Added;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * Places and lifts holds. A hold on an account applies to each of its instances; it is published
 * once and stored apart from the instances' own holds. The arrears hold cannot be placed or lifted
 * by hand.
 */
@Component
class HoldRequests {

  private final JdbcHoldRepository holds;
  private final JdbcAccountRepository accounts;
  private final JdbcInstanceRepository instances;
  private final InstanceRequests requests;
  private final InstanceLifecycle lifecycle;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final BusinessClock clock;

  HoldRequests(
      JdbcHoldRepository holds,
      JdbcAccountRepository accounts,
      JdbcInstanceRepository instances,
      InstanceRequests requests,
      InstanceLifecycle lifecycle,
      Transactions transactions,
      EffectWriter writer,
      BusinessClock clock) {
    this.holds = holds;
    this.accounts = accounts;
    this.instances = instances;
    this.requests = requests;
    this.lifecycle = lifecycle;
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /** A hold to be placed. */
  record NewHold(HoldCause cause, HoldEffect effect, String reason) {}

  List<Hold> ofAccount(Sight sight, AccountId account) {
    if (accounts.find(sight, account).isEmpty()) {
      throw missing(account);
    }
    return holds.list(account, Optional.empty());
  }

  List<Hold> ofInstance(Sight sight, InstanceId instance) {
    return holds.list(requests.find(sight, instance).key().account(), Optional.of(instance));
  }

  Added<Hold> placeOnInstance(Caller caller, InstanceId id, NewHold hold) {
    return requests.locked(
        caller,
        id,
        (instance, effects) -> {
          refuseArrears(hold.cause());
          Instant now = clock.now();
          Added<Hold> added = ensure(caller, instance.key().account(), Optional.of(id), hold, now);
          if (added.isNew()) {
            Trigger trigger = placed(HoldScope.INSTANCE, hold, now);
            var unused =
                InstanceRequests.accepted(
                    lifecycle.apply(instance, trigger, caller.subject(), effects));
          }
          return added;
        });
  }

  Hold liftFromInstance(Caller caller, InstanceId id, long hold, String reason) {
    return requests.locked(
        caller,
        id,
        (instance, effects) -> {
          AccountId account = instance.key().account();
          Hold placed = inForce(account, Optional.of(id), hold);
          Instant now = clock.now();
          Trigger trigger = lifted(HoldScope.INSTANCE, placed, reason, now);
          var unused =
              InstanceRequests.accepted(
                  lifecycle.apply(instance, trigger, caller.subject(), effects));
          holds.lift(placed, caller.subject(), now);
          return holds.find(account, Optional.of(id), hold).orElseThrow();
        });
  }

  Added<Hold> placeOnAccount(Caller caller, AccountId account, NewHold hold) {
    refuseArrears(hold.cause());
    return locked(
        caller,
        account,
        effects -> {
          Instant now = clock.now();
          Added<Hold> placed = ensure(caller, account, Optional.empty(), hold, now);
          if (placed.isNew()) {
            RuleId rule = HoldRules.of(hold.cause());
            effects.event(
                "hold:" + placed.value().hold() + ":placed",
                new AccountEvent.HoldPlaced(
                    account,
                    Optional.empty(),
                    hold.cause(),
                    hold.effect(),
                    hold.reason(),
                    now,
                    rule));
            effects.trail(
                caller.subject(),
                account,
                "hold " + hold.cause() + " to " + hold.effect() + " placed",
                rule.value(),
                hold.reason(),
                now);
            each(caller, account, placed(HoldScope.ACCOUNT, hold, now), effects);
          }
          return placed;
        });
  }

  Hold liftFromAccount(Caller caller, AccountId account, long hold, String reason) {
    return locked(
        caller,
        account,
        effects -> {
          Hold placed = inForce(account, Optional.empty(), hold);
          Instant now = clock.now();
          holds.lift(placed, caller.subject(), now);
          RuleId rule = HoldRules.of(placed.cause());
          effects.event(
              "hold:" + hold + ":lifted",
              new AccountEvent.HoldLifted(
                  account, Optional.empty(), placed.cause(), placed.effect(), reason, now, rule));
          effects.trail(
              caller.subject(),
              account,
              "hold " + placed.cause() + " to " + placed.effect() + " lifted",
              rule.value(),
              reason,
              now);
          each(caller, account, lifted(HoldScope.ACCOUNT, placed, reason, now), effects);
          return holds.find(account, Optional.empty(), hold).orElseThrow();
        });
  }

  /** An instance being released refuses; that is no reason to spare the others. */
  private void each(Caller caller, AccountId account, Trigger trigger, Effects effects) {
    for (Instance instance : instances.live(account)) {
      var unused = lifecycle.apply(instance, trigger, caller.subject(), effects);
    }
  }

  private static Trigger placed(HoldScope scope, NewHold hold, Instant now) {
    return new Trigger.HoldPlaced(scope, hold.cause(), hold.effect(), hold.reason(), now);
  }

  private static Trigger lifted(HoldScope scope, Hold hold, String reason, Instant now) {
    return new Trigger.HoldLifted(scope, hold.cause(), hold.effect(), reason, now);
  }

  private Added<Hold> ensure(
      Caller caller,
      AccountId account,
      Optional<InstanceId> instance,
      NewHold wanted,
      Instant now) {
    return holds
        .inForce(account, instance, wanted.cause(), wanted.effect())
        .map(known -> new Added<>(same(known, wanted), false))
        .orElseGet(
            () -> {
              long hold = holds.insert(account, instance, wanted, caller.subject(), now);
              return new Added<>(holds.find(account, instance, hold).orElseThrow(), true);
            });
  }

  /** A hold has one reason: who finds another one lifts it, or leaves it as it is. */
  private static Hold same(Hold known, NewHold wanted) {
    if (!known.reason().equals(wanted.reason())) {
      throw ProblemException.conflict(
          "hold-exists",
          "hold %d, %s to %s, is in force for another reason: %s"
              .formatted(known.hold(), known.cause(), known.effect(), Quoted.of(known.reason())));
    }
    return known;
  }

  private Hold inForce(AccountId account, Optional<InstanceId> instance, long hold) {
    return holds
        .find(account, instance, hold)
        .filter(found -> found.liftedAt().isEmpty())
        .orElseThrow(() -> ProblemException.notFound("hold " + hold + " in force"));
  }

  private <T> T locked(Caller caller, AccountId account, Function<Effects, T> work) {
    return transactions.runHttp(
        () -> {
          if (!accounts.lock(Sight.of(caller), account)) {
            throw missing(account);
          }
          Effects effects = new Effects();
          T result = work.apply(effects);
          writer.write(effects);
          return result;
        });
  }

  private static void refuseArrears(HoldCause cause) {
    if (cause == HoldCause.ARREARS) {
      throw ProblemException.refused(
          "arrears-hold-follows-the-debt",
          "the arrears hold follows the debt and cannot be placed or lifted by hand",
          HoldRules.of(cause).value());
    }
  }

  private static ProblemException missing(AccountId account) {
    return ProblemException.notFound("account " + account);
  }
}
