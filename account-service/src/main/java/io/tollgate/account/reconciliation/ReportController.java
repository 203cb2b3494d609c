package io.tollgate.account.reconciliation;

import io.tollgate.account.access.Sight;
import io.tollgate.model.PlatformId;
import io.tollgate.support.web.Caller;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Platforms report what runs; everybody concerned reads what differs. */
@RestController
@RequestMapping("/v1/platforms/{platform}")
class ReportController {

  private final Reconciliation reconciliation;

  ReportController(Reconciliation reconciliation) {
    this.reconciliation = reconciliation;
  }

  /** What differs now. */
  record Differences(List<Difference> items) {}

  @PostMapping("/report")
  Reconciliation.Result report(
      Caller caller, @PathVariable PlatformId platform, @RequestBody Report report) {
    Sight.require(caller, platform);
    return reconciliation.take(platform, report);
  }

  @GetMapping("/differences")
  Differences differences(Caller caller, @PathVariable PlatformId platform) {
    Sight.require(caller, platform);
    return new Differences(reconciliation.differences(platform));
  }
}
