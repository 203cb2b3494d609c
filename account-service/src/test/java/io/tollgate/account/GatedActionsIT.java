package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.Neighbours;
import io.tollgate.account.testing.OnSharedAccounts;
import io.tollgate.account.testing.Platform;
import io.tollgate.client.Answer;
import io.tollgate.model.InstanceId;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.GateAction;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may happen to an instance only after the notice of it: a move, and the product's end. */
@OnSharedAccounts
class GatedActionsIT {

  private final Accounts service;

  GatedActionsIT(Accounts service) {
    this.service = service;
  }

  @Test
  void relocationWaitsForItsGate() {
    service.open("moved");
    service.register("moved", "vm-moved", "compute");
    var refused =
        service
            .operator()
            .post("/v1/instances/vm-moved/relocation", "{'notice':'never-published'}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/gate-unknown");
  }

  private Answer relocate(String instance, NoticeId notice) {
    return service
        .operator()
        .post("/v1/instances/" + instance + "/relocation", "{'notice':'" + notice + "'}");
  }

  private static void assertRefused(Answer answer, String slug) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.text("/type")).endsWith("/" + slug);
  }

  /** Whoever was told of other instances was not told of this one. */
  @Test
  void onlyInstancesThatTheNoticeNamedAreMovedAndEachOnce() {
    service.open("movers");
    for (String instance : List.of("vm-told", "vm-told-too", "vm-untold")) {
      service.register("movers", instance, "compute");
    }
    NoticeId notice =
        Neighbours.matured(
            new GateAction.Relocation(
                Set.of(InstanceId.of("vm-told"), InstanceId.of("vm-told-too"))),
            Accounts.START);
    service.settle();
    assertRefused(relocate("vm-untold", notice), "gate-mismatch");
    assertThat(relocate("vm-told", notice).status()).isEqualTo(200);
    assertRefused(relocate("vm-told", notice), "gate-used");
    assertThat(relocate("vm-told-too", notice).status()).isEqualTo(200);
    NoticeId other =
        Neighbours.matured(new GateAction.Discontinuation(ProductId.of("vm")), Accounts.START);
    service.settle();
    assertRefused(relocate("vm-untold", other), "gate-mismatch");
  }

  /** A move that cannot be made any more once used up the notice of it. */
  @Test
  void whatIsReleasedIsNotMoved() {
    service.open("gone");
    service.register("gone", "vm-gone", "going");
    NoticeId notice =
        Neighbours.matured(
            new GateAction.Relocation(Set.of(InstanceId.of("vm-gone"))), Accounts.START);
    service.settle();
    service.customer("gone").post("/v1/instances/vm-gone/release", "");
    assertRefused(relocate("vm-gone", notice), "release-commanded");
    Platform going = new Platform(service, "going");
    assertThat(going.pending()).containsExactly("RELEASE");
    going.acknowledgeAll();
    assertRefused(relocate("vm-gone", notice), "already-released");
  }

  @Test
  void aDiscontinuedProductsInstancesEndBehindItsGateEachOnce() {
    service.open("leaving");
    service.register("leaving", "vm-stays", "compute");
    assertThat(
            service
                .platform("compute")
                .post(
                    "/v1/accounts/leaving/instances", "{'instance':'vm-leaves','product':'old-vm'}")
                .status())
        .isEqualTo(201);
    assertRefused(discontinue("vm-leaves", ""), "gate-needed");
    assertRefused(discontinue("vm-leaves", ",'notice':'never-published'"), "gate-unknown");
    NoticeId notice =
        Neighbours.matured(new GateAction.Discontinuation(ProductId.of("old-vm")), Accounts.START);
    service.settle();
    String named = ",'notice':'" + notice + "'";
    assertRefused(discontinue("vm-stays", named), "gate-mismatch");
    var ended = discontinue("vm-leaves", named);
    assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
    assertThat(ended.text("/state")).isEqualTo("SUSPENDED");
    var unknown =
        service
            .operator()
            .post("/v1/instances/vm-stays/termination", "{'reason':'why','rule':'C4.2'}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("/detail")).contains("C7.4.4", "not C4.2");
  }

  private Answer discontinue(String instance, String notice) {
    return service
        .operator()
        .post(
            "/v1/instances/" + instance + "/termination",
            "{'reason':'discontinued','rule':'C7.4.4'" + notice + "}");
  }
}
