package io.tollgate.account.instances;

import io.tollgate.account.access.Sight;
import io.tollgate.account.accounts.Account;
import io.tollgate.account.accounts.JdbcAccountRepository;
import io.tollgate.account.commands.PlatformCommands;
import io.tollgate.account.effects.EffectWriter;
import io.tollgate.account.effects.Effects;
import io.tollgate.account.lifecycle.InstanceKey;
import io.tollgate.account.lifecycle.Status;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.account.lifecycle.WantedCommand;
import io.tollgate.account.products.Products;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import io.tollgate.model.Quoted;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import io.tollgate.model.event.InstanceRecord.BillingMode;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Added;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Caller.Role;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Registers instances. An instance registered by a platform already runs; one registered by an
 * operator is opened by a command. No instance can be opened while the account is in arrears
 * (section 6), or for a product that does not exist, because its usage could never be priced.
 */
@Component
class Registration {

  private static final RuleId OPENING = new RuleId("C7.1");
  private static final String BARRED = "C7.3";
  private static final int MAX_SPECIFICATION = 200;

  private final JdbcInstanceRepository instances;
  private final JdbcAccountRepository accounts;
  private final InstanceLifecycle lifecycle;
  private final PlatformCommands commands;
  private final Products products;
  private final Policies policies;
  private final Transactions transactions;
  private final EffectWriter writer;
  private final BusinessClock clock;

  Registration(
      JdbcInstanceRepository instances,
      JdbcAccountRepository accounts,
      InstanceLifecycle lifecycle,
      PlatformCommands commands,
      Products products,
      Policies policies,
      Transactions transactions,
      EffectWriter writer,
      BusinessClock clock) {
    this.instances = instances;
    this.accounts = accounts;
    this.lifecycle = lifecycle;
    this.commands = commands;
    this.products = products;
    this.policies = policies;
    this.transactions = transactions;
    this.writer = writer;
    this.clock = clock;
  }

  /** An instance to be registered; an operator names its platform. */
  record Request(
      InstanceId instance,
      ProductId product,
      Optional<String> specification,
      Optional<BillingMode> mode,
      Optional<PlatformId> platform) {
    Request {
      instance = Fields.required("instance", instance);
      product = Fields.required("product", product);
      specification.ifPresent(text -> Fields.text("specification", text, MAX_SPECIFICATION));
    }
  }

  /**
   * Registering the same instance again changes nothing.
   *
   * @throws ProblemException 409 when it is registered otherwise; a field left out says nothing
   */
  Added<Instance> register(Caller caller, AccountId account, Request request) {
    PlatformId platform = platform(caller, request);
    if (instances.find(Sight.ALL, request.instance()).isEmpty()) {
      products.await(request.product());
    }
    return transactions.runHttp(
        () -> {
          if (!accounts.lock(Sight.ALL, account)) {
            throw ProblemException.notFound("account " + account);
          }
          Instance wanted = wanted(account, platform, request);
          return instances
              .find(Sight.ALL, request.instance())
              .map(known -> new Added<>(same(known, wanted, request), false))
              .orElseGet(() -> new Added<>(open(caller, wanted), true));
        });
  }

  private static PlatformId platform(Caller caller, Request request) {
    if (caller.is(Role.OPERATOR)) {
      return request
          .platform()
          .orElseThrow(
              () -> ProblemException.invalid("platform", "must name the platform that runs it"));
    }
    PlatformId own = Sight.platform(caller);
    request.platform().ifPresent(named -> Sight.require(caller, named));
    return own;
  }

  private Instance wanted(AccountId account, PlatformId platform, Request request) {
    return new Instance(
        new InstanceKey(account, request.instance(), request.product()),
        platform,
        request.specification().orElse(""),
        request.mode().orElse(BillingMode.PAY_AS_YOU_GO),
        clock.now(),
        Optional.empty(),
        1,
        Status.OPENED);
  }

  /** Of what is another's no more is told than that it is there. */
  private static Instance same(Instance known, Instance wanted, Request request) {
    if (!known.key().equals(wanted.key()) || !known.platform().equals(wanted.platform())) {
      throw ProblemException.conflict(
          "instance-exists",
          "this instance is registered with a different account, product or platform");
    }
    if (request.specification().filter(said -> !said.equals(known.specification())).isPresent()) {
      throw ProblemException.conflict(
          "instance-exists",
          "this instance is registered with specification " + Quoted.of(known.specification()));
    }
    if (request.mode().filter(said -> said != known.mode()).isPresent()) {
      throw ProblemException.conflict(
          "instance-exists", "this instance is registered with mode " + known.mode());
    }
    return known;
  }

  private Instance open(Caller caller, Instance instance) {
    InstanceKey key = instance.key();
    products.require(key.product());
    refuseIfBarred(key, instance.registeredAt());
    if (!instances.insert(instance)) {
      throw ProblemException.conflict(
          "instance-exists", "this instance was registered concurrently");
    }
    Instant now = instance.registeredAt();
    Effects effects = new Effects();
    effects.event(
        InstanceLifecycle.cause(instance),
        new AccountEvent.InstanceRegistered(
            key.account(), key.instance(), key.product(), now, OPENING));
    lifecycle.publish(instance, now, effects);
    if (caller.is(Role.OPERATOR)) {
      commands.issue(
          key,
          instance.platform(),
          new WantedCommand(CommandKind.OPEN, now, OPENING),
          InstanceLifecycle.cause(instance),
          effects);
    }
    effects.trail(
        new AuditEntry(
            caller.subject(),
            Optional.of(key.account()),
            "instance",
            key.instance().value(),
            "registered",
            OPENING.value(),
            "runs on platform " + instance.platform()),
        now);
    Instance opened = limited(caller, instance, effects);
    writer.write(effects);
    return opened;
  }

  /** What limits all of the account limits what is opened in it, too. */
  private Instance limited(Caller caller, Instance instance, Effects effects) {
    Instance opened = instance;
    for (Map.Entry<HoldCause, String> hold :
        accounts.restrictions(instance.key().account()).entrySet()) {
      Trigger placed =
          new Trigger.HoldPlaced(
              Trigger.HoldScope.ACCOUNT,
              hold.getKey(),
              HoldEffect.RESTRICT,
              hold.getValue(),
              instance.registeredAt());
      opened = lifecycle.apply(opened, placed, caller.subject(), effects).instance();
    }
    return opened;
  }

  private void refuseIfBarred(InstanceKey key, Instant now) {
    Account account = accounts.find(Sight.ALL, key.account()).orElseThrow();
    if (account.debtDueAt().isPresent()) {
      throw ProblemException.refused(
          "account-in-arrears",
          "no instance can be opened while the account has unpaid bills",
          BARRED);
    }
    if (account.penaltyOwed().signum() > 0
        && TermPolicies.penaltyBars(policies, key.product(), now)) {
      throw ProblemException.refused(
          "penalty-unpaid", "no instance can be opened while a penalty is unpaid", BARRED);
    }
    if (accounts.isHeld(key.account())) {
      throw ProblemException.refused(
          "account-held", "a hold on the account prevents opening instances", BARRED);
    }
  }
}
