package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Neighbours;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Instances are registered for products that exist; accounts and instances are found again. */
class RegistrationIT extends TwoAccountsTest {

  /** Its usage would wait for a price that nobody can enter. */
  @Test
  void anInstanceOfAProductThatDoesNotExistIsRefusedAndOfOneJustCreatedRegistered() {
    service.open("mistyped");
    String path = "/v1/accounts/mistyped/instances";
    String request = "{'instance':'new-1','product':'brand-new'}";
    var refused = service.platform("compute").post(path, request);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/product-unknown");
    assertThat(refused.text("/detail")).startsWith("product brand-new is not in the catalogue");

    Neighbours.productCreated("brand-new");
    assertThat(service.platform("compute").post(path, request).status()).isEqualTo(201);

    // Registered before products were published: what is there stays.
    service
        .service()
        .bean(JdbcClient.class)
        .sql("delete from product where product = 'brand-new'")
        .update();
    assertThat(service.platform("compute").post(path, request).status()).isEqualTo(200);
  }

  @Test
  void whatAnOperatorRegistersIsOpenedByCommand() {
    service.open("ordered");
    assertThat(
            service
                .operator()
                .post(
                    "/v1/accounts/ordered/instances",
                    "{'instance':'vm-ordered','product':'vm','platform':'opener'}")
                .status())
        .isEqualTo(201);
    assertThat(
            service
                .platform("opener")
                .get("/v1/platforms/opener/commands?pending=true")
                .text("/items/0/kind"))
        .isEqualTo("OPEN");
  }

  @Test
  void accountsAndInstancesAreFoundByWhatPeopleLookFor() {
    assertThat(found("/v1/accounts?text=ERTA")).containsExactly("b");
    assertThat(found("/v1/accounts?suspended=true")).contains("b").doesNotContain("a");
    assertThat(found("/v1/accounts?suspended=false")).contains("a").doesNotContain("b");
    assertThat(found("/v1/accounts?inArrears=true")).doesNotContain("a", "b");
    assertThat(found("/v1/accounts?inArrears=false&text=nobody-of-that-name")).isEmpty();
    assertThat(found("/v1/accounts/b/instances?state=SUSPENDED&product=vm"))
        .isEqualTo(List.of("b"));
    assertThat(found("/v1/accounts/b/instances?state=ACTIVE")).isEmpty();
    assertThat(found("/v1/accounts/b/instances?product=another")).isEmpty();
    var unknown = service.reader().get("/v1/accounts/b/instances?state=GONE");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("/detail"))
        .isEqualTo(
            "state: must be one of ACTIVE, IN_ARREARS, SUSPENDED, RELEASING, RELEASED, not"
                + " \"GONE\"");
    assertThat(service.reader().get("/v1/accounts?in_arrears=true").text("/detail"))
        .isEqualTo(
            "in_arrears: is not a query parameter of this route; it has cursor, inArrears, limit,"
                + " suspended, text");
  }

  private List<String> found(String list) {
    return service
        .reader()
        .get(list)
        .body()
        .at("/items")
        .valueStream()
        .map(item -> item.at("/account").asString())
        .toList();
  }

  @Test
  void thePoliciesOfAProductsLifeAreShown() {
    assertThat(service.reader().get("/v1/policies").body().toString())
        .contains("arrears.grace", "PT24H", "retention.days", "commands.redelivery-first");
  }

  @Test
  void anEventOfAnUnknownAccountIsParkedAndStopsNobodyElse() {
    Neighbours.arrearsBegan("unheard-of", "2026-02-28T16:00:00Z");
    service.settle();
    assertThat(service.reader().get("/v1/parked-accounts").body().toString())
        .contains("unheard-of");
    service.open("unheard-of");
    assertThat(service.operator().post("/v1/parked-accounts/unheard-of/replay", "").status())
        .isEqualTo(200);
    assertThat(service.reader().get("/v1/accounts/unheard-of").body().at("/inArrears").asBoolean())
        .isTrue();
  }
}
