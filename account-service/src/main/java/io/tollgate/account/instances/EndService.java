package io.tollgate.account.instances;

import io.tollgate.account.lifecycle.Termination;
import io.tollgate.account.lifecycle.Termination.Clearing;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.AgreementRules;
import io.tollgate.model.InstanceId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.Quoted;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.GateAction;
import io.tollgate.store.agreement.Gates;
import io.tollgate.store.agreement.Passage;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Ends a service by an operator's decision (C7.4). If the provider discontinues the product, the
 * matured notice must be named (C7.4.4); there is no other way to end a service by that clause.
 */
@Component
class EndService {

  private static final RuleId DISCONTINUED = new RuleId("C7.4.4");

  /** The only clause by which data is deleted without a retention. */
  private static final RuleId AT_ONCE = new RuleId("C7.4.2");

  private static final RuleId ENDED = new RuleId("C7.4");

  /** The clauses that end a service. */
  private static final List<String> RULES =
      List.of(
          "C7.4", "C7.4.1", "C7.4.2", "C7.4.3", "C7.4.4", "C3.1.9", "C3.2.5", "C3.2.10", "C3.2.12",
          "C2.4.4", "M3");

  private final InstanceRequests requests;
  private final InstanceLifecycle lifecycle;
  private final Gates gates;
  private final BusinessClock clock;

  EndService(
      InstanceRequests requests, InstanceLifecycle lifecycle, Gates gates, BusinessClock clock) {
    this.requests = requests;
    this.lifecycle = lifecycle;
    this.gates = gates;
    this.clock = clock;
  }

  /**
   * How an operator ends a service.
   *
   * @param reason why
   * @param clearing what happens to the data; kept for the retention unless told otherwise
   * @param rule the clause it rests on; C7.4.2 where the data goes at once, for no other clause
   *     allows that, else C7.4
   * @param notice the notice of discontinuation; needed for C7.4.4
   */
  record Ending(
      String reason,
      Optional<Clearing> clearing,
      Optional<RuleId> rule,
      Optional<NoticeId> notice) {
    Ending {
      reason = ReasonText.required(reason);
      rule = rule.map(AgreementRules::known);
      rule.ifPresent(Ending::check);
      if (clearing.filter(Clearing.AT_ONCE::equals).isPresent()
          && rule.filter(named -> !named.equals(AT_ONCE)).isPresent()) {
        throw ProblemException.invalid(
            "clearing",
            "AT_ONCE requires rule C7.4.2, not "
                + rule.get()
                + "; under any other clause the data is kept: AFTER_RETENTION");
      }
      if (notice.isPresent() && rule.filter(DISCONTINUED::equals).isEmpty()) {
        throw ProblemException.invalid("notice", "can be named only with rule C7.4.4");
      }
    }

    private static void check(RuleId rule) {
      if (!RULES.contains(rule.value())) {
        throw ProblemException.invalid(
            "rule", "must be one of %s, not %s".formatted(String.join(", ", RULES), rule));
      }
    }

    Clearing clearingOrDefault() {
      return clearing.orElse(Clearing.AFTER_RETENTION);
    }

    RuleId ruleOrDefault() {
      return rule.orElseGet(
          () ->
              switch (clearingOrDefault()) {
                case AFTER_RETENTION -> ENDED;
                case AT_ONCE -> AT_ONCE;
              });
    }
  }

  /**
   * Ends the service of one instance; ending it again in the same way changes nothing.
   *
   * @throws ProblemException 404 out of sight, 409 when it ended in another way, 422 when a rule or
   *     a gate refuses
   */
  Instance end(Caller caller, InstanceId id, Ending ending) {
    return requests.locked(
        caller,
        id,
        (instance, effects) -> {
          if (hasEnded(instance, ending)) {
            return instance;
          }
          Instant now = clock.now();
          if (ending.ruleOrDefault().equals(DISCONTINUED)) {
            passGate(caller, instance, ending, now);
          }
          return InstanceRequests.accepted(
              lifecycle.apply(
                  instance,
                  new Trigger.Terminated(
                      ending.reason(), ending.clearingOrDefault(), ending.ruleOrDefault(), now),
                  caller.subject(),
                  effects));
        });
  }

  /**
   * Whether its service ended in this very way. Data that was to be kept may still go at once;
   * anything else is settled by the first end.
   *
   * @throws ProblemException 409 when it ended in another way
   */
  private static boolean hasEnded(Instance instance, Ending ending) {
    Optional<Termination> settled =
        instance
            .status()
            .termination()
            .filter(
                ended ->
                    ended.clearing() == Clearing.AT_ONCE
                        || ending.clearingOrDefault() == Clearing.AFTER_RETENTION);
    settled
        .filter(
            ended ->
                ended.clearing() != ending.clearingOrDefault()
                    || !ended.rule().equals(ending.ruleOrDefault())
                    || !ended.reason().equals(ending.reason()))
        .ifPresent(
            ended -> {
              throw ProblemException.conflict(
                  "already-terminated",
                  "its service ended at %s under %s, data %s: %s"
                      .formatted(
                          ended.at(), ended.rule(), ended.clearing(), Quoted.of(ended.reason())));
            });
    return settled.isPresent();
  }

  private void passGate(Caller caller, Instance instance, Ending ending, Instant now) {
    var unused =
        gates.pass(
            new Passage(
                new GateAction.Discontinuation(instance.key().product()),
                ending.notice(),
                instance.key().instance().value(),
                now,
                "the provider discontinues a service",
                now,
                caller.subject()));
  }
}
