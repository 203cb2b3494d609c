package io.tollgate.account.instances;

import io.tollgate.account.access.Sight;
import io.tollgate.account.lifecycle.Trigger;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Page;
import io.tollgate.support.web.ProblemException;
import io.tollgate.support.web.ReasonBody;
import io.tollgate.support.web.ReasonText;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Registers and shows instances, and ends them. */
@RestController
@RequestMapping("/v1")
class InstanceController {

  private static final String LIFTED = "lifted by an operator";

  private final JdbcInstanceRepository instances;
  private final InstanceRequests requests;
  private final InstanceLifecycle lifecycle;
  private final Registration registration;
  private final EndService endService;
  private final BusinessClock clock;

  InstanceController(
      JdbcInstanceRepository instances,
      InstanceRequests requests,
      InstanceLifecycle lifecycle,
      Registration registration,
      EndService endService,
      BusinessClock clock) {
    this.instances = instances;
    this.requests = requests;
    this.lifecycle = lifecycle;
    this.registration = registration;
    this.endService = endService;
    this.clock = clock;
  }

  /** Whether an instance may run now, and what prevents it. */
  record Entitlement(
      InstanceId instance,
      boolean mayRun,
      boolean restricted,
      InstanceState state,
      Set<HoldCause> holds,
      Instant at) {}

  /**
   * How long the customer wants backups kept after a release.
   *
   * @param keepDays natural days; null for the product's policy
   */
  record BackupRule(Optional<Integer> keepDays) {
    private static final int MOST = 3_650;

    BackupRule {
      keepDays.ifPresent(
          days -> {
            if (days < 0 || days > MOST) {
              throw ProblemException.invalid(
                  "keepDays", "must be 0 to %d, not %d".formatted(MOST, days));
            }
          });
    }
  }

  @PostMapping("/accounts/{account}/instances")
  ResponseEntity<InstanceView> register(
      Caller caller, @PathVariable AccountId account, @RequestBody Registration.Request request) {
    return registration.register(caller, account, request).map(this::view).response();
  }

  @GetMapping("/accounts/{account}/instances")
  Page<InstanceView> list(
      Caller caller,
      @PathVariable AccountId account,
      @RequestParam Optional<InstanceState> state,
      @RequestParam Optional<ProductId> product,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    var filter = new JdbcInstanceRepository.Filter(state, product);
    return Page.byId(
            limit,
            cursor,
            (after, size) -> instances.list(Sight.of(caller), account, filter, after, size),
            instance -> instance.key().instance())
        .map(this::view);
  }

  @GetMapping("/instances/{instance}")
  InstanceView one(Caller caller, @PathVariable InstanceId instance) {
    return view(requests.find(Sight.of(caller), instance));
  }

  /** Asked by platforms before they run something: one read by key. */
  @GetMapping("/instances/{instance}/entitlement")
  Mono<Entitlement> entitlement(Caller caller, @PathVariable InstanceId instance) {
    return requests
        .seek(Sight.of(caller), instance)
        .map(
            found ->
                new Entitlement(
                    instance,
                    found.status().mayRun(),
                    found.status().isRestricted(),
                    found.status().state(),
                    found.status().allHolds(),
                    clock.now()));
  }

  /** C4.1.4: deleted at once, no buffer. */
  @PostMapping("/instances/{instance}/release")
  InstanceView release(Caller caller, @PathVariable InstanceId instance) {
    return view(requests.apply(caller, instance, Trigger.ReleaseRequested::new));
  }

  @PostMapping("/instances/{instance}/termination")
  InstanceView terminate(
      Caller caller, @PathVariable InstanceId instance, @RequestBody EndService.Ending ending) {
    return view(endService.end(caller, instance, ending));
  }

  /** Data must not be deleted, whatever else happens. */
  @PutMapping("/instances/{instance}/legal-hold")
  InstanceView placeLegalHold(
      Caller caller, @PathVariable InstanceId instance, @RequestBody ReasonBody hold) {
    return view(
        requests.apply(caller, instance, now -> new Trigger.LegalHoldPlaced(hold.reason(), now)));
  }

  @DeleteMapping("/instances/{instance}/legal-hold")
  InstanceView liftLegalHold(
      Caller caller, @PathVariable InstanceId instance, @RequestParam Optional<String> reason) {
    String why = ReasonText.optional(reason, LIFTED);
    return view(requests.apply(caller, instance, now -> new Trigger.LegalHoldLifted(why, now)));
  }

  /** C4.1.4: backups go by the customer's rule for the instance. */
  @PutMapping("/instances/{instance}/backup-rule")
  InstanceView keepBackups(
      Caller caller, @PathVariable InstanceId instance, @RequestBody BackupRule rule) {
    return view(
        requests.apply(caller, instance, now -> new Trigger.BackupRuleSet(rule.keepDays(), now)));
  }

  private InstanceView view(Instance instance) {
    return InstanceView.of(
        instance, lifecycle.nextStep(instance), lifecycle.deletionWithheld(instance));
  }
}
