package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.OnSharedAccounts;
import io.tollgate.account.testing.Platform;
import org.junit.jupiter.api.Test;

/** A platform reports what it runs, and is asked again for what it does not do. */
@OnSharedAccounts
class ReconciliationIT {

  private final Accounts service;

  ReconciliationIT(Accounts service) {
    this.service = service;
  }

  @Test
  void whatDiffersIsAskedForAgainUnlessItIsPending() {
    Platform drifting = new Platform(service, "drifting");
    service.open("drift");
    service.register("drift", "vm-drift", "drifting");
    var report = drifting.reportOnly("vm-ghost", true);
    assertThat(report.status()).isEqualTo(200);
    assertThat(report.body().at("/differences").toString())
        .contains("vm-ghost", "NOT_REGISTERED", "vm-drift", "MAY_RUN_BUT_DOES_NOT");
    assertThat(report.text("/askedAgain/0")).isEqualTo("vm-drift");
    var again = drifting.reportOnly("vm-drift", false);
    assertThat(again.body().at("/askedAgain").size()).isZero();

    var agreed = drifting.reportOnly("vm-drift", true);
    assertThat(agreed.body().at("/differences").size()).isZero();
    assertThat(service.green()).isTrue();
  }

  @Test
  void aReleasedInstanceThatStillRunsIsReleasedAgain() {
    Platform forgetful = new Platform(service, "forgetful");
    service.open("zombie");
    service.register("zombie", "vm-zombie", "forgetful");
    service.customer("zombie").post("/v1/instances/vm-zombie/release", "");
    forgetful.acknowledgeAll();
    assertThat(service.state("vm-zombie")).isEqualTo("RELEASED");
    var report = forgetful.reportOnly("vm-zombie", true);
    assertThat(report.text("/askedAgain/0")).isEqualTo("vm-zombie");
    assertThat(forgetful.pending()).containsExactly("RELEASE");
    assertThat(service.green()).isTrue();
    forgetful.acknowledgeAll();
    assertThat(service.state("vm-zombie")).isEqualTo("RELEASED");
    assertThat(service.green()).isTrue();
  }
}
