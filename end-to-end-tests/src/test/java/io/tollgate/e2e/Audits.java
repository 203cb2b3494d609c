package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Deployment;
import io.tollgate.standalone.Service;
import io.tollgate.testing.User;

/** What the services themselves find when they recompute everything. */
final class Audits {

  private Audits() {}

  /** All invariants of all services hold. */
  static void areGreen(Deployment deployment) {
    for (Service service : Service.values()) {
      User.Answer audit = deployment.operator(service).get("/v1/audit");
      assertThat(audit.body().at("/green").asBoolean()).as(audit.body().toString()).isTrue();
    }
  }
}
