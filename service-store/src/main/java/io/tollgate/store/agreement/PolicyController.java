package io.tollgate.store.agreement;

import io.tollgate.model.NoticeId;
import io.tollgate.model.PolicyLevel;
import io.tollgate.model.ProductId;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.idempotency.IdempotencyKeys;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.IdempotentRequest;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the policies in force, with the level that determined each, and accepts new rows. */
@RestController
@RequestMapping("/v1/policies")
class PolicyController {

  private final Policies policies;
  private final JdbcPolicyRepository repository;
  private final AuditTrail trail;
  private final IdempotencyKeys keys;
  private final BusinessClock clock;
  private final TermsGate terms;

  PolicyController(
      Policies policies,
      JdbcPolicyRepository repository,
      AuditTrail trail,
      IdempotencyKeys keys,
      BusinessClock clock,
      TermsGate terms) {
    this.policies = policies;
    this.repository = repository;
    this.trail = trail;
    this.keys = keys;
    this.clock = clock;
    this.terms = terms;
  }

  /** The current value of a policy. */
  record View(
      String name, String value, PolicyLevel level, String rule, String form, String description) {}

  /** A row to be entered; a change of terms names the notice that announced it. */
  record NewRow(
      String name,
      PolicyLevel level,
      Optional<ProductId> product,
      String value,
      Instant effectiveFrom,
      String reason,
      Optional<NoticeId> notice) {
    NewRow {
      name = Fields.required("name", name);
      level = Fields.required("level", level);
      value = Fields.required("value", value);
      effectiveFrom = Fields.required("effectiveFrom", effectiveFrom);
      reason = ReasonText.required(reason);
    }
  }

  @GetMapping
  List<View> inForce(
      @RequestParam Optional<ProductId> product, @RequestParam Optional<Instant> at) {
    Instant when = at.orElseGet(clock::now);
    return policies.definitions().values().stream().map(each -> view(each, product, when)).toList();
  }

  private <T> View view(PolicyDefinition<T> policy, Optional<ProductId> product, Instant at) {
    PolicyValue<T> value = policies.value(policy, product, at);
    return new View(
        policy.name(),
        String.valueOf(value.value()),
        value.level(),
        policy.rule().value(),
        policy.form(),
        policy.description());
  }

  @PostMapping
  ResponseEntity<String> enter(Caller caller, IdempotentRequest request, @RequestBody NewRow row) {
    PolicyDefinition<?> policy = check(row);
    return keys.execute(caller, request, row, () -> store(caller, row, policy));
  }

  private IdempotencyKeys.Answer store(Caller caller, NewRow row, PolicyDefinition<?> policy) {
    repository.lock();
    refusePast(row.effectiveFrom());
    PolicyRow stored =
        new PolicyRow(
            0,
            row.name(),
            row.level(),
            row.product(),
            row.value(),
            row.effectiveFrom(),
            caller.subject(),
            row.reason());
    Optional<NoticeId> notice =
        terms.pass(policy, stored, row.notice(), repository.rows(), clock.now());
    long id = repository.insert(stored);
    trail.record(
        new AuditEntry(
            caller.subject(),
            Optional.empty(),
            "policy",
            row.name(),
            "policy entered: %s from %s%s"
                .formatted(
                    row.value(),
                    row.effectiveFrom(),
                    notice.map(used -> ", announced by notice " + used).orElse("")),
            notice.isPresent() ? "C3.2.10" : "C12.1",
            row.reason()));
    return IdempotencyKeys.Answer.created(Map.of("id", id));
  }

  /** Only of a request that is not answered already: time passes between it and its repeat. */
  private void refusePast(Instant effectiveFrom) {
    Instant now = clock.now();
    if (effectiveFrom.isBefore(now)) {
      throw ProblemException.invalid(
          "effectiveFrom",
          "%s is in the past; the business clock is at %s".formatted(effectiveFrom, now));
    }
  }

  private PolicyDefinition<?> check(NewRow row) {
    PolicyDefinition<?> policy = policies.definitions().get(row.name());
    if (policy == null) {
      throw ProblemException.invalid(
          "name",
          "'%s' is not a policy of this service: %s"
              .formatted(row.name(), String.join(", ", policies.definitions().keySet())));
    }
    if (!row.level().isRequestable()) {
      throw ProblemException.invalid("level", "DEFAULT is built in and cannot be entered");
    }
    if (!policy.accepts(row.value())) {
      throw ProblemException.invalid(
          "value", "must be %s, not '%s'".formatted(policy.form(), row.value()));
    }
    return policy;
  }
}
