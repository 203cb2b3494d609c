package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Deployment;
import io.tollgate.standalone.Api;
import io.tollgate.standalone.AuditReport;

/** What the services themselves find when they recompute everything. */
public final class Audits {

  private Audits() {}

  /** All invariants of all services hold, and what one told the others applied. */
  public static void areGreen(Deployment deployment) {
    Api api = deployment.api();
    AuditReport report = AuditReport.of(api);
    assertThat(report.green()).as(String.join("\n", report.lines())).isTrue();
  }
}
