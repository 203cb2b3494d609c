package io.tollgate.store.audittrail;

import io.tollgate.model.AccountId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Page;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows an account what was done to it, by whom and by which rule; customers do not see the names
 * of employees.
 */
@RestController
class AuditTrailController {

  private final AuditTrail trail;

  AuditTrailController(AuditTrail trail) {
    this.trail = trail;
  }

  @GetMapping("/v1/accounts/{account}/audit-trail")
  Page<AuditTrail.View> trail(
      Caller caller,
      @PathVariable AccountId account,
      @RequestParam Optional<Integer> limit,
      @RequestParam Optional<String> cursor) {
    boolean names = caller.is(Caller.Role.OPERATOR);
    return Page.byNumber(
        limit,
        cursor,
        Long.MAX_VALUE,
        (below, size) -> trail.entries(account, below, size, names, caller.subject()),
        AuditTrail.View::id);
  }
}
