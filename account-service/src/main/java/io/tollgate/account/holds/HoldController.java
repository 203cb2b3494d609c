package io.tollgate.account.holds;

import io.tollgate.account.access.Sight;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.event.AccountEvent.HoldCause;
import io.tollgate.model.event.AccountEvent.HoldEffect;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.ReasonText;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Operators place holds on instances and accounts, with a reason, and lift them (section 6). */
@RestController
@RequestMapping("/v1")
class HoldController {

  private static final String LIFTED = "lifted by an operator";

  private final HoldRequests holds;

  HoldController(HoldRequests holds) {
    this.holds = holds;
  }

  /** A hold to be placed; its effect is SUSPEND unless given. */
  record Request(HoldCause cause, Optional<HoldEffect> effect, String reason) {
    Request {
      cause = Fields.required("cause", cause);
      reason = ReasonText.required(reason);
    }

    HoldRequests.NewHold wanted() {
      return new HoldRequests.NewHold(cause, effect.orElse(HoldEffect.SUSPEND), reason);
    }
  }

  /** Holds, those in force first. */
  record Holds(List<Hold> items) {}

  @GetMapping("/accounts/{account}/holds")
  Holds ofAccount(Caller caller, @PathVariable AccountId account) {
    return new Holds(holds.ofAccount(Sight.of(caller), account));
  }

  @GetMapping("/instances/{instance}/holds")
  Holds ofInstance(Caller caller, @PathVariable InstanceId instance) {
    return new Holds(holds.ofInstance(Sight.of(caller), instance));
  }

  @PostMapping("/accounts/{account}/holds")
  ResponseEntity<Hold> placeOnAccount(
      Caller caller, @PathVariable AccountId account, @RequestBody Request request) {
    return holds.placeOnAccount(caller, account, request.wanted()).response();
  }

  @PostMapping("/instances/{instance}/holds")
  ResponseEntity<Hold> placeOnInstance(
      Caller caller, @PathVariable InstanceId instance, @RequestBody Request request) {
    return holds.placeOnInstance(caller, instance, request.wanted()).response();
  }

  @DeleteMapping("/accounts/{account}/holds/{hold}")
  Hold liftFromAccount(
      Caller caller,
      @PathVariable AccountId account,
      @PathVariable long hold,
      @RequestParam Optional<String> reason) {
    return holds.liftFromAccount(caller, account, hold, ReasonText.optional(reason, LIFTED));
  }

  @DeleteMapping("/instances/{instance}/holds/{hold}")
  Hold liftFromInstance(
      Caller caller,
      @PathVariable InstanceId instance,
      @PathVariable long hold,
      @RequestParam Optional<String> reason) {
    return holds.liftFromInstance(caller, instance, hold, ReasonText.optional(reason, LIFTED));
  }
}
