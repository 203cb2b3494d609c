package io.tollgate.support.observability;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells operators whether all invariants hold, and if not, where. */
@RestController
final class AuditController {

  private final Audit audit;

  AuditController(Audit audit) {
    this.audit = audit;
  }

  @GetMapping("/v1/audit")
  Audit.Report audit() {
    return audit.run();
  }
}
