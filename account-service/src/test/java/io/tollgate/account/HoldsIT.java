package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.Neighbours;
import io.tollgate.model.event.AccountEvent;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What operators hold, limit and end, and what follows for the data (C4.1.5, C7.4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HoldsIT {

  private Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
  }

  @AfterAll
  void stop() {
    service.close();
  }

  @Test
  void aHoldOnTheAccountIsToldOnceAndBarsAllItsInstances() {
    service.open("held");
    service.register("held", "held-1", "compute");
    service.register("held", "held-2", "compute");
    var hold =
        service
            .operator()
            .post("/v1/accounts/held/holds", "{'cause':'OPERATOR','reason':'under review'}");
    assertThat(hold.status()).isEqualTo(201);
    assertThat(service.state("held-1")).isEqualTo("SUSPENDED");
    assertThat(service.state("held-2")).isEqualTo("SUSPENDED");
    Neighbours.arrearsBegan("held", "2026-02-28T16:00:00Z");
    Neighbours.arrearsCleared("held", "0", "2026-02-28T16:00:00Z");
    service.settle();
    assertThat(service.state("held-1")).isEqualTo("SUSPENDED");

    var lifted =
        service
            .operator()
            .delete("/v1/accounts/held/holds/" + hold.text("/hold") + "?reason=all%20clear");
    assertThat(lifted.text("/liftedAt")).isNotEmpty();
    assertThat(service.state("held-1")).isEqualTo("ACTIVE");
    assertThat(service.state("held-2")).isEqualTo("ACTIVE");
    service.settle();
    assertThat(Neighbours.told("held", AccountEvent.HoldPlaced.class)).hasSize(1);
    assertThat(Neighbours.told("held", AccountEvent.HoldLifted.class)).hasSize(1);
  }

  @Test
  void nobodyPlacesAnArrearsHold() {
    service.open("solvent");
    service.register("solvent", "vm-solvent", "compute");
    String request = "{'cause':'ARREARS','reason':'because'}";
    for (String target :
        new String[] {"/v1/accounts/solvent/holds", "/v1/instances/vm-solvent/holds"}) {
      var refused = service.operator().post(target, request);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text("/type")).endsWith("/arrears-hold-follows-the-debt");
    }
  }

  /** What runs on with limits is no reason to open nothing; what is opened is limited as well. */
  @Test
  void aLimitedAccountOpensWhatIsLimitedAsWell() {
    service.open("limited");
    var hold =
        service
            .operator()
            .post(
                "/v1/accounts/limited/holds",
                "{'cause':'BEYOND_SPECIFICATION','effect':'RESTRICT','reason':'too much traffic'}");
    assertThat(hold.status()).as(hold.toString()).isEqualTo(201);
    service.register("limited", "vm-limited", "compute");
    var entitlement = service.platform("compute").get("/v1/instances/vm-limited/entitlement");
    assertThat(entitlement.body().at("/mayRun").asBoolean()).isTrue();
    assertThat(entitlement.body().at("/restricted").asBoolean()).isTrue();
    assertThat(service.green()).isTrue();
  }

  @Test
  void aLegalHoldStopsEvenTheCustomersRelease() {
    service.open("legal");
    service.register("legal", "vm-legal", "compute");
    assertThat(service.operator().put("/v1/instances/vm-legal/legal-hold", "{}").status())
        .isEqualTo(400);
    var held =
        service.operator().put("/v1/instances/vm-legal/legal-hold", "{'reason':'a lawsuit'}");
    assertThat(held.text("/legalHoldReason")).isEqualTo("a lawsuit");
    var refused = service.customer("legal").post("/v1/instances/vm-legal/release", "");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/legal-hold");
    assertThat(refused.text("/detail")).isEqualTo("a legal hold forbids deletion: lift it first");
    assertThat(service.operator().delete("/v1/instances/vm-legal/legal-hold").status())
        .isEqualTo(200);
    var released = service.customer("legal").post("/v1/instances/vm-legal/release", "");
    assertThat(released.text("/state")).isEqualTo("RELEASING");
    assertThat(released.text("/endedAt")).isEqualTo("2026-02-28T16:00:00Z");
  }

  /** Both were refused because the instance was being released by then. */
  @Test
  void whatWasDoneToAnInstanceIsAnsweredAgainAfterItsRelease() {
    service.open("done");
    service.register("done", "vm-done", "compute");
    String holds = "/v1/instances/vm-done/holds";
    String hold = "{'cause':'OPERATOR','reason':'under review'}";
    var placed = service.operator().post(holds, hold);
    assertThat(placed.status()).isEqualTo(201);
    String termination = "/v1/instances/vm-done/termination";
    String ending = "{'reason':'contract ended'}";
    assertThat(service.operator().post(termination, ending).status()).isEqualTo(200);
    var released = service.customer("done").post("/v1/instances/vm-done/release", "");
    assertThat(released.text("/state")).isEqualTo("RELEASING");

    var placedAgain = service.operator().post(holds, hold);
    assertThat(placedAgain.status()).isEqualTo(200);
    assertThat(placedAgain.body()).isEqualTo(placed.body());
    assertThat(service.operator().post(termination, ending).text("/state")).isEqualTo("RELEASING");
    assertThat(service.operator().post(holds, hold.replace("OPERATOR", "ATTACK")).status())
        .isEqualTo(422);
    assertThat(service.operator().get(holds).body().at("/items").size()).isEqualTo(1);
  }

  @Test
  void aTerminatedInstanceKeepsItsDataForTheRetention() {
    service.open("ended");
    service.register("ended", "vm-ended", "compute");
    var ended =
        service
            .operator()
            .post("/v1/instances/vm-ended/termination", "{'reason':'contract ended'}");
    assertThat(ended.text("/state")).isEqualTo("SUSPENDED");
    assertThat(ended.text("/retainedUntil")).isEqualTo("2026-03-15T16:00:00Z");
    String path = "/v1/instances/vm-ended/termination";
    assertThat(service.operator().post(path, "{'reason':'contract ended'}").status())
        .isEqualTo(200);
    var another = service.operator().post(path, "{'reason':'moved away'}");
    assertThat(another.status()).isEqualTo(409);
    assertThat(another.text("/detail"))
        .isEqualTo(
            "its service ended at 2026-02-28T16:00:00Z under C7.4, data AFTER_RETENTION:"
                + " \"contract ended\"");
    var atOnce =
        service
            .operator()
            .post(
                "/v1/instances/vm-ended/termination",
                "{'reason':'serious violation','clearing':'AT_ONCE'}");
    assertThat(atOnce.text("/state")).isEqualTo("RELEASING");
    assertThat(service.operator().post(path, "{'reason':'contract ended'}").problem())
        .isEqualTo("already-terminated");
  }

  /** Any clause once let the data go at once, a discontinuation without its notice among them. */
  @Test
  void dataGoesAtOnceByNoOtherClauseThanItsOwn() {
    service.open("kept");
    service.register("kept", "vm-kept", "compute");
    String termination = "/v1/instances/vm-kept/termination";
    assertThat(service.operator().post(termination, "{'reason':'contract ended'}").status())
        .isEqualTo(200);
    for (String rule : List.of("C7.4", "C7.4.1", "C7.4.3", "C7.4.4", "C3.2.12", "M3")) {
      var refused =
          service
              .operator()
              .post(
                  termination, "{'reason':'why','clearing':'AT_ONCE','rule':'%s'}".formatted(rule));
      assertThat(refused.status()).as(rule).isEqualTo(400);
      assertThat(refused.text("/detail"))
          .contains("clearing: AT_ONCE requires rule C7.4.2, not " + rule);
    }
    assertThat(service.state("vm-kept")).isEqualTo("SUSPENDED");
    var atOnce =
        service
            .operator()
            .post(termination, "{'reason':'spam','clearing':'AT_ONCE','rule':'C7.4.2'}");
    assertThat(atOnce.text("/state")).isEqualTo("RELEASING");
  }

  @Test
  void aProductMayHaveItsOwnGrace() {
    var entered =
        service
            .operator()
            .post(
                "/v1/policies",
                "{'name':'arrears.grace','level':'PRICE_APPENDIX','product':'patient',"
                    + "'value':'PT48H','effectiveFrom':'2026-02-28T16:00:00Z','reason':'agreed'}");
    assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
    service.open("patience");
    assertThat(
            service
                .platform("compute")
                .post(
                    "/v1/accounts/patience/instances",
                    "{'instance':'vm-patient','product':'patient'}")
                .status())
        .isEqualTo(201);
    Neighbours.arrearsBegan("patience", "patient", "2026-02-28T16:00:00Z");
    service.settle();
    assertThat(service.operator().get("/v1/instances/vm-patient").text("/suspendAt"))
        .isEqualTo("2026-03-02T16:00:00Z");
  }
}
