package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.Neighbours;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.AccountEvent.CommandKind;
import io.tollgate.model.event.AccountEvent.DeletionScheduled;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Await;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From suspension over both warnings to deletion (C4.1.5), in the order of its days. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetentionIT {

  private static final String ACCOUNT = "never-pays";
  private static final String VM = "vm-never";
  private static final String RESCUED = "pays-at-last";

  private Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
    service.open(ACCOUNT);
    service.open(RESCUED);
    service.register(ACCOUNT, VM, "compute");
    service.register(RESCUED, "vm-rescued", "compute");
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** Every chapter begins at the day on which the one before has ended. */
  @Test
  void whatIsNeverPaidIsDeletedAfterBothWarningsAndWhatIsPaidResumes() {
    theFirstWarningIsIssuedEightDaysBeforeRetentionEnds();
    withoutItsDeliveryNothingIsDeleted();
    aLateWarningShiftsTheDeletion();
    paymentBeforeTheReleaseResumesAndTakesTheWarningBack();
    paymentAfterTheReleaseCommandStopsNothing();
    aPaymentThatWaitsForItsReplayIsNotOvertaken();
    whileBillingHasWorkOfTheAccountSetAsideNothingIsDeleted();
    theAuditIsGreen();
  }

  /** The grace ends on 2 March 10:00 local; 15 days later is 17 March 10:00. */
  private void theFirstWarningIsIssuedEightDaysBeforeRetentionEnds() {
    Neighbours.arrearsBegan(ACCOUNT, "2026-03-01T02:00:00Z");
    Neighbours.arrearsBegan(RESCUED, "2026-03-01T02:00:00Z");
    service.stepTo("2026-03-09T01:59:59Z");
    assertThat(Neighbours.told(ACCOUNT, DeletionScheduled.class)).isEmpty();
    assertThat(service.operator().get("/v1/instances/" + VM).text("/retainedUntil"))
        .isEqualTo("2026-03-17T02:00:00Z");

    service.stepTo("2026-03-09T02:00:00Z");
    DeletionScheduled warning = Neighbours.told(ACCOUNT, DeletionScheduled.class).getFirst();
    assertThat(warning.at()).isEqualTo("2026-03-09T02:00:00Z");
    assertThat(warning.leadDays()).isEqualTo(7);
    assertThat(warning.deleteAt()).isEqualTo("2026-03-17T02:00:00Z");
    Neighbours.delivered(ACCOUNT, warning.warning(), "2026-03-09T02:00:00Z");
    service.settle();
  }

  private void withoutItsDeliveryNothingIsDeleted() {
    service.stepTo("2026-03-15T02:00:00Z");
    var warnings = Neighbours.told(ACCOUNT, DeletionScheduled.class);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.getLast().leadDays()).isEqualTo(1);
    assertThat(warnings.getLast().at()).isEqualTo("2026-03-15T02:00:00Z");

    service.stepTo("2026-03-17T03:00:00Z");
    assertThat(service.state(VM)).isEqualTo("SUSPENDED");
    assertThat(service.state("vm-rescued")).isEqualTo("SUSPENDED");
    assertThat(Neighbours.told(RESCUED, DeletionScheduled.class)).hasSize(1);
  }

  /** Delivered on 17 March 11:00 local with one whole day between: 19 March 00:00 local. */
  private void aLateWarningShiftsTheDeletion() {
    Neighbours.delivered(ACCOUNT, VM + ":deletion:1:1", "2026-03-17T03:00:00Z");
    service.settle();
    service.stepTo("2026-03-18T15:59:59Z");
    assertThat(service.state(VM)).isEqualTo("SUSPENDED");

    service.stepTo("2026-03-18T20:00:00Z");
    assertThat(service.state(VM)).isEqualTo("RELEASING");
    var release = Neighbours.told(ACCOUNT, AccountEvent.CommandIssued.class).getLast();
    assertThat(release.kind()).isEqualTo(CommandKind.RELEASE);
    assertThat(release.at()).isEqualTo("2026-03-18T16:00:00Z");
    assertThat(release.rule().value()).isEqualTo("C4.1.5");
    var records = Wire.records(Topics.ACCOUNT_INSTANCES, VM);
    assertThat(InstanceRecord.CODEC.decode(records.getLast().value()).orElseThrow().data())
        .extracting(InstanceRecord::endedAt)
        .isEqualTo(java.util.Optional.of(Instant.parse("2026-03-18T16:00:00Z")));
  }

  private void paymentBeforeTheReleaseResumesAndTakesTheWarningBack() {
    Neighbours.arrearsCleared(RESCUED, "0", "2026-03-18T20:00:00Z");
    service.settle();
    assertThat(service.state("vm-rescued")).isEqualTo("ACTIVE");
    assertThat(Neighbours.told(RESCUED, AccountEvent.DeletionCancelled.class)).hasSize(1);
  }

  private void paymentAfterTheReleaseCommandStopsNothing() {
    Neighbours.arrearsCleared(ACCOUNT, "0", "2026-03-18T20:00:00Z");
    service.settle();
    assertThat(service.state(VM)).isEqualTo("RELEASING");

    var pending = service.platform("compute").get("/v1/platforms/compute/commands?pending=true");
    String command =
        pending
            .body()
            .at("/items")
            .valueStream()
            .filter(item -> item.at("/instance").asString().equals(VM))
            .map(item -> item.at("/command").asString())
            .findFirst()
            .orElseThrow();
    var done =
        service
            .platform("compute")
            .post("/v1/platforms/compute/commands/" + command + "/acknowledgement", "");
    assertThat(done.status()).isEqualTo(200);
    assertThat(service.state(VM)).isEqualTo("RELEASED");
    service.settle();
    assertThat(Neighbours.told(ACCOUNT, AccountEvent.InstanceReleased.class)).hasSize(1);
  }

  /**
   * What says that it was paid may be waiting for a replay: then the deletion waits, also when
   * somebody's word makes the service look at what is due. The grace ends on 21 March 10:00 local,
   * 15 days later is 5 April 10:00.
   */
  private void aPaymentThatWaitsForItsReplayIsNotOvertaken() {
    service.open("parked");
    service.register("parked", "vm-parked", "compute");
    Neighbours.arrearsBegan("parked", "2026-03-20T02:00:00Z");
    service.stepTo("2026-03-28T02:00:00Z");
    Neighbours.delivered("parked", "vm-parked:deletion:1:7", "2026-03-28T02:00:00Z");
    service.settle();
    service.stepTo("2026-04-03T02:00:00Z");
    Neighbours.delivered("parked", "vm-parked:deletion:1:1", "2026-04-03T02:00:00Z");
    service.settle();
    JdbcClient jdbc = service.service().bean(JdbcClient.class);
    jdbc.sql(
            """
            insert into parked_account (consumer, account, cause, parked_at, next_try_at)
            values ('billing-events', 'parked', 'a test', now(), 'infinity')
            """)
        .update();
    Neighbours.arrearsCleared("parked", "0", "2026-04-04T02:00:00Z");
    service.stepTo("2026-04-06T02:00:00Z");
    assertThat(service.state("vm-parked")).isEqualTo("SUSPENDED");

    var held =
        service.operator().put("/v1/instances/vm-parked/legal-hold", "{'reason':'a court asks'}");

    assertThat(held.status()).as(held.toString()).isEqualTo(200);
    assertThat(held.text("/state")).isEqualTo("SUSPENDED");
    assertThat(Neighbours.told("parked", AccountEvent.CommandIssued.class))
        .extracting(AccountEvent.CommandIssued::kind)
        .containsOnly(CommandKind.SUSPEND);
    jdbc.sql("update parked_account set next_try_at = clock_timestamp()").update();
    Await.until(Duration.ofMinutes(2), () -> service.state("vm-parked"), "ACTIVE"::equals);
  }

  /** What billing could not do may show that nothing was owed; then deleting cannot be undone. */
  private void whileBillingHasWorkOfTheAccountSetAsideNothingIsDeleted() {
    for (String account : List.of("doubtful", "certain")) {
      service.open(account);
      service.register(account, "vm-" + account, "compute");
      Neighbours.arrearsBegan(account, "2026-04-08T02:00:00Z");
    }
    service.setAsideAtBilling("doubtful");
    service.stepTo("2026-04-16T02:00:00Z");
    for (String account : List.of("doubtful", "certain")) {
      Neighbours.delivered(account, "vm-" + account + ":deletion:1:7", "2026-04-16T02:00:00Z");
    }
    service.settle();
    service.stepTo("2026-04-22T02:00:00Z");
    for (String account : List.of("doubtful", "certain")) {
      Neighbours.delivered(account, "vm-" + account + ":deletion:1:1", "2026-04-22T02:00:00Z");
    }
    service.settle();
    // Due on 24 April 10:00 local, 15 days after the grace.
    service.stepTo("2026-04-25T02:00:00Z");
    assertThat(service.state("vm-certain")).isEqualTo("RELEASING");
    assertThat(service.state("vm-doubtful")).isEqualTo("SUSPENDED");
    assertThat(service.operator().get("/v1/instances/vm-doubtful").text("/deletionWithheld"))
        .startsWith("billing has work of this account set aside");

    // Somebody's word makes the service look at what is due.
    assertThat(
            service
                .operator()
                .put("/v1/instances/vm-doubtful/backup-rule", "{'keepDays':3}")
                .text("/state"))
        .isEqualTo("SUSPENDED");

    service.setAsideAtBilling();
    service.stepTo("2026-04-25T03:00:00Z");
    assertThat(service.state("vm-doubtful")).isEqualTo("RELEASING");
  }

  private void theAuditIsGreen() {
    var audit = service.operator().get("/v1/audit");
    assertThat(audit.body().at("/green").asBoolean()).as(audit.body().toString()).isTrue();
    assertThat(audit.body().at("/invariants").size()).isGreaterThanOrEqualTo(5);
  }
}
