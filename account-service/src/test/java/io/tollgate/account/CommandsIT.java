package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.Neighbours;
import io.tollgate.account.testing.OnSharedAccounts;
import io.tollgate.account.testing.Platform;
import io.tollgate.client.Answer;
import io.tollgate.model.event.AccountEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which commands a platform gets for what becomes of an instance, and which it no longer gets. */
@OnSharedAccounts
class CommandsIT {

  private final Accounts service;

  CommandsIT(Accounts service) {
    this.service = service;
  }

  @Test
  void aRestrictionLimitsAnInstanceThatRunsOn() {
    Platform limiting = new Platform(service, "limiting");
    service.open("greedy");
    service.register("greedy", "vm-greedy", "limiting");
    var hold =
        service
            .operator()
            .post(
                "/v1/instances/vm-greedy/holds",
                "{'cause':'BEYOND_SPECIFICATION','effect':'RESTRICT','reason':'takes 8 of 4"
                    + " cores'}");
    assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
    var entitlement = service.platform("limiting").get("/v1/instances/vm-greedy/entitlement");
    assertThat(entitlement.body().at("/mayRun").asBoolean()).isTrue();
    assertThat(entitlement.body().at("/restricted").asBoolean()).isTrue();
    assertThat(limiting.pending()).containsExactly("RESTRICT");
    assertThat(service.green()).isTrue();

    service.operator().delete("/v1/instances/vm-greedy/holds/" + hold.text("/hold"));
    assertThat(limiting.pending()).containsExactly("UNRESTRICT");
    assertThat(service.green()).isTrue();
  }

  /** What was to be opened was once opened behind the back of its suspension. */
  @Test
  void anOpeningThatWasNotAcknowledgedIsNotRepeatedAfterASuspension() {
    Platform slow = order("hasty", "vm-hasty", "slow");
    assertThat(slow.pending()).containsExactly("OPEN");
    var hold = hold("hasty");
    assertThat(slow.pending()).containsExactly("SUSPEND");
    lift("hasty", hold);
    assertThat(slow.pending()).containsExactly("OPEN");
    assertThat(service.green()).isTrue();
  }

  /** What says late that it was opened was once not heard, and asked to be opened again. */
  @Test
  void anOpeningAcknowledgedLateIsNotedAndTheInstanceIsResumed() {
    Platform late = order("belated", "vm-belated", "late");
    String opening = late.newestCommand();
    var first = hold("belated");
    assertThat(late.acknowledge(opening)).isEqualTo("ACKNOWLEDGED");
    assertThat(late.pending()).containsExactly("SUSPEND");
    lift("belated", first);
    assertThat(late.pending()).containsExactly("RESUME");
    String resumption = late.newestCommand();
    hold("belated");
    assertThat(late.acknowledge(resumption)).isEqualTo("SUPERSEDED");
    assertThat(service.green()).isTrue();
  }

  @Test
  void anOpeningAcknowledgedAfterTheHoldWasLiftedTurnsTheSecondIntoAResumption() {
    Platform later = order("latest", "vm-latest", "later");
    String opening = later.newestCommand();
    lift("latest", hold("latest"));
    assertThat(later.pending()).containsExactly("OPEN");
    String again = later.newestCommand();
    assertThat(later.acknowledge(opening)).isEqualTo("ACKNOWLEDGED");
    assertThat(later.pending()).containsExactly("RESUME");
    assertThat(later.acknowledge(opening)).isEqualTo("ACKNOWLEDGED");
    assertThat(later.acknowledge(again)).isEqualTo("ACKNOWLEDGED");
    assertThat(later.pending()).containsExactly("RESUME");
    assertThat(service.green()).isTrue();
    service.settle();
    assertThat(Neighbours.told("latest", AccountEvent.CommandAcknowledged.class))
        .extracting(told -> told.command().value())
        .containsExactly(opening, again);
  }

  /** An operator orders an instance, which its platform has yet to open. */
  private Platform order(String account, String instance, String platform) {
    service.open(account);
    var ordered =
        service
            .operator()
            .post(
                "/v1/accounts/" + account + "/instances",
                "{'instance':'%s','product':'vm','platform':'%s'}".formatted(instance, platform));
    assertThat(ordered.status()).as(ordered.toString()).isEqualTo(201);
    return new Platform(service, platform);
  }

  private Answer hold(String account) {
    return service
        .operator()
        .post("/v1/accounts/" + account + "/holds", "{'cause':'OPERATOR','reason':'not yet'}");
  }

  private void lift(String account, Answer hold) {
    service.operator().delete("/v1/accounts/" + account + "/holds/" + hold.text("/hold"));
  }

  @Test
  void backupsAreKeptByTheCustomersRuleAndDeletedByASecondCommand() {
    Platform archive = new Platform(service, "archive");
    service.open("careful");
    service.register("careful", "vm-careful", "archive");
    assertThat(keepBackups("3651").status()).isEqualTo(400);
    assertThat(keepBackups("0").text("/backupDays")).isEqualTo("0");
    assertThat(keepBackups("1").status()).isEqualTo(200);
    var released = service.customer("careful").post("/v1/instances/vm-careful/release", "");
    Instant until = service.service().now().plus(Duration.ofDays(1));
    assertThat(Instant.parse(released.text("/backupsKeptUntil"))).isEqualTo(until);
    assertThat(Instant.parse(archive.commands().at("/0/backupsKeptUntil").asString()))
        .isEqualTo(until);
    archive.acknowledgeAll();
    service.stepTo(until.toString());
    assertThat(archive.pending()).containsExactly("DELETE_BACKUPS");
    assertThat(service.green()).isTrue();
  }

  private Answer keepBackups(String days) {
    return service
        .customer("careful")
        .put("/v1/instances/vm-careful/backup-rule", "{'keepDays':" + days + "}");
  }
}
