package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.account.testing.Accounts;
import io.tollgate.account.testing.Neighbours;
import io.tollgate.client.ServiceClient;
import io.tollgate.testing.Routes;
import io.tollgate.testing.User;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What may be asked, by whom, and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsIT {

  private static final String OF_B = "vm-of-b";

  private Accounts service;

  @BeforeAll
  void start(@TempDir Path directory) {
    service = Accounts.start(directory);
    service.open("a");
    service.open("b");
    service.register("a", "vm-of-a", "compute");
    service.register("b", OF_B, "compute");
    service.contacts("b", "Berta", "berta@example.org");
    service
        .operator()
        .post("/v1/accounts/b/holds", "{'cause':'ATTACK','reason':'secret reason of b'}");
    service.settle();
  }

  @AfterAll
  void stop() {
    service.close();
  }

  /** The document says what runs, and every route is somebody's. */
  @Test
  void theDocumentNamesExactlyTheRoutesThatRunAndEachIsGranted() {
    var context = service.service().context();
    assertThat(Routes.documented("account")).isEqualTo(Routes.running(context));
    assertThat(Routes.granted(context)).containsAll(Routes.running(context));
    assertThat(service.operator().text("/openapi.yaml")).startsWith("openapi:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/accounts/b",
        "/v1/accounts/b/contacts",
        "/v1/accounts/b/instances",
        "/v1/accounts/b/holds",
        "/v1/accounts/b/audit-trail",
        "/v1/instances/vm-of-b",
        "/v1/instances/vm-of-b/entitlement",
        "/v1/instances/vm-of-b/holds",
        "/v1/platforms/compute/commands",
        "/v1/platforms/compute/differences",
        "/v1/platforms/compute/webhook",
        "/v1/audit",
        "/v1/clock",
        "/v1/policies",
        "/v1/parked-accounts",
        "/v1/set-aside",
        "/v1/set-aside/reasons",
        "/v1/dead-letters"
      })
  void aCustomerSeesNothingOfAnother(String path) {
    var answer = service.customer("a").get(path);
    assertThat(answer.status()).isIn(403, 404);
    assertThat(answer.body().toString()).doesNotContain("secret reason", "berta");
    assertThat(service.nobody().get(path).status()).isEqualTo(401);
  }

  @Test
  void aCustomersListShowsItsOwnAccountOnly() {
    var list = service.customer("a").get("/v1/accounts");
    assertThat(list.body().at("/items").size()).isEqualTo(1);
    assertThat(list.text("/items/0/account")).isEqualTo("a");
    assertThat(service.reader().get("/v1/accounts?limit=1").text("/nextCursor")).isNotEmpty();
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
  void aCustomerCannotReleaseAnothersInstance() {
    assertThat(service.customer("a").post("/v1/instances/vm-of-b/release", "").status())
        .isEqualTo(404);
    assertThat(service.state(OF_B)).isEqualTo("SUSPENDED");
  }

  @Test
  void aPlatformSeesOnlyWhatItRuns() {
    assertThat(service.platform("storage").get("/v1/instances/vm-of-a/entitlement").status())
        .isEqualTo(404);
    assertThat(service.platform("storage").get("/v1/platforms/compute/commands").status())
        .isEqualTo(403);
    assertThat(
            service.platform("storage").get("/v1/accounts/a/instances").body().at("/items").size())
        .isZero();
  }

  private record Check(User asks, String instance, String hears) {

    CompletableFuture<String> begin(Executor clients) {
      return CompletableFuture.supplyAsync(
          () -> {
            var answer = asks.get("/v1/instances/" + instance + "/entitlement");
            return answer.status() == 200
                ? answer.text("/instance") + " " + answer.text("/mayRun")
                : Integer.toString(answer.status());
          },
          clients);
    }
  }

  /** They share a statement, and no sight. */
  @Test
  void checksAtTheSameTimeTellEachWhatItMaySee() {
    List<Check> each =
        List.of(
            new Check(service.platform("compute"), "vm-of-a", "vm-of-a true"),
            new Check(service.platform("compute"), OF_B, "vm-of-b false"),
            new Check(service.platform("storage"), "vm-of-a", "404"),
            new Check(service.customer("a"), "vm-of-a", "vm-of-a true"),
            new Check(service.customer("a"), OF_B, "404"),
            new Check(service.customer("b"), OF_B, "vm-of-b false"),
            new Check(service.reader(), "vm-of-a", "vm-of-a true"),
            new Check(service.reader(), "vm-of-nobody", "404"));
    List<Check> checks = Collections.nCopies(20, each).stream().flatMap(List::stream).toList();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<String>> heard =
          checks.stream().map(check -> check.begin(clients)).toList();
      assertThat(heard.stream().map(CompletableFuture::join))
          .containsExactlyElementsOf(checks.stream().map(Check::hears).toList());
    }
  }

  @Test
  void aReadingOperatorChangesNothing() {
    assertThat(service.reader().post("/v1/accounts", "{'account':'x'}").status()).isEqualTo(403);
    assertThat(service.reader().post("/v1/instances/vm-of-a/termination", "{}").status())
        .isEqualTo(403);
  }

  /** Fuzzing had a 500 of each. */
  @Test
  void whatCannotBeKeptOrIsMissingIsTheRequestsFault() {
    assertThat(service.reader().get("/v1/parked-accounts?cursor=a%00b").status()).isEqualTo(400);
    assertThat(service.reader().get("/v1/dead-letters?topic=%00").status()).isEqualTo(400);
    var policy = service.operator().post("/v1/policies", "{}");
    assertThat(policy.status()).isEqualTo(400);
    assertThat(policy.text("/detail")).isEqualTo("name: is missing");
  }

  @Test
  void whatIsWrongWithARequestIsSaid() {
    var missing = service.operator().post("/v1/accounts", "{}");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.text("/detail")).contains("account: is missing");
    var unknown = service.operator().post("/v1/accounts", "{'account':'y','colour':'red'}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text("/detail")).contains("colour");
    var bad = service.operator().post("/v1/accounts", "{'account':'y y'}");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(service.operator().get("/v1/accounts/y%20y").status()).isEqualTo(400);
  }

  @Test
  void openingAndRegisteringAgainChangeNothing() {
    service.open("twice");
    assertThat(service.operator().post("/v1/accounts", "{'account':'twice'}").status())
        .isEqualTo(200);
    assertThat(
            service
                .operator()
                .post("/v1/accounts", "{'account':'twice','currency':'EUR'}")
                .status())
        .isEqualTo(409);
    service.register("twice", "vm-twice", "compute");
    String request = "{'instance':'vm-twice','product':'vm'}";
    assertThat(service.platform("compute").post("/v1/accounts/twice/instances", request).status())
        .isEqualTo(200);
    assertThat(service.platform("storage").post("/v1/accounts/twice/instances", request).status())
        .isEqualTo(409);
  }

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

  /** The second reason was dropped without a word, and the second specification. */
  @Test
  void whatIsThereIsTheSameOnlyWithTheSameContent() {
    service.open("again");
    String instances = "/v1/accounts/again/instances";
    String small = "{'instance':'again-1','product':'vm','specification':'small'}";
    assertThat(service.platform("compute").post(instances, small).status()).isEqualTo(201);
    assertThat(service.platform("compute").post(instances, small).status()).isEqualTo(200);
    assertThat(
            service
                .platform("compute")
                .post(instances, "{'instance':'again-1','product':'vm'}")
                .status())
        .isEqualTo(200);
    assertThat(
            service
                .platform("compute")
                .post(instances, small.replace("small", "large"))
                .text("/detail"))
        .isEqualTo("this instance is registered with specification \"small\"");
    assertThat(
            service
                .platform("compute")
                .post(instances, "{'instance':'again-1','product':'vm','mode':'SUBSCRIPTION'}")
                .text("/detail"))
        .isEqualTo("this instance is registered with mode PAY_AS_YOU_GO");

    for (String target : List.of("/v1/accounts/again/holds", "/v1/instances/again-1/holds")) {
      String hold = "{'cause':'UNANSWERED_COMPLAINT','reason':'letter of 1 March'}";
      var placed = service.operator().post(target, hold);
      assertThat(placed.status()).isEqualTo(201);
      var repeated = service.operator().post(target, hold);
      assertThat(repeated.status()).isEqualTo(200);
      assertThat(repeated.text("/hold")).isEqualTo(placed.text("/hold"));
      var another = service.operator().post(target, hold.replace("1 March", "5 March"));
      assertThat(another.problem()).isEqualTo("hold-exists");
      assertThat(another.text("/detail"))
          .isEqualTo(
              "hold %s, UNANSWERED_COMPLAINT to SUSPEND, is in force for another reason: \"letter of 1 March\""
                  .formatted(placed.text("/hold")));
    }
  }

  /** ARREARS and DEFAULT were listed, and refused when they were tried. */
  @Test
  void anUnknownValueIsAnsweredWithThoseThatAreTaken() {
    assertThat(
            service
                .operator()
                .post("/v1/accounts/a/holds", "{'cause':'WEATHER','reason':'rain'}")
                .text("/detail"))
        .isEqualTo(
            "cause: must be one of VIOLATION, UNANSWERED_COMPLAINT, ATTACK, BEYOND_SPECIFICATION,"
                + " OPERATOR, not \"WEATHER\"");
    assertThat(
            service
                .operator()
                .post(
                    "/v1/policies",
                    "{'name':'arrears.grace','level':'NONE','value':'PT1H',"
                        + "'effectiveFrom':'2030-01-01T00:00:00Z','reason':'a test'}")
                .text("/detail"))
        .isEqualTo(
            "level: must be one of MAIN_AGREEMENT, PRICE_APPENDIX, ORDER_PAGE, SPECIAL_TERMS,"
                + " GENERAL_TERMS, not \"NONE\"");
  }

  /** One rule for the reasons of all requests: blanks of any kind went through some of them. */
  @Test
  void aReasonSaysSomething() {
    for (String blank : List.of("", "   ", "\u00a0", "\u200b")) {
      for (String path : List.of("/v1/accounts/a/holds", "/v1/instances/vm-of-a/holds")) {
        assertThat(
                service
                    .operator()
                    .post(path, "{'cause':'OPERATOR','reason':'%s'}".formatted(blank))
                    .text("/detail"))
            .isEqualTo("reason: must have 1 to 500 characters, and is blank");
      }
      assertThat(
              service
                  .operator()
                  .post("/v1/instances/vm-of-a/termination", "{'reason':'%s'}".formatted(blank))
                  .text("/errors/0/field"))
          .isEqualTo("reason");
      assertThat(
              service
                  .operator()
                  .put("/v1/instances/vm-of-a/legal-hold", "{'reason':'%s'}".formatted(blank))
                  .text("/errors/0/field"))
          .isEqualTo("reason");
      assertThat(
              service
                  .operator()
                  .post(
                      "/v1/policies",
                      ("{'name':'arrears.grace','level':'SPECIAL_TERMS','value':'PT1H',"
                              + "'effectiveFrom':'2030-01-01T00:00:00Z','reason':'%s'}")
                          .formatted(blank))
                  .text("/errors/0/field"))
          .isEqualTo("reason");
    }
    assertThat(
            service
                .operator()
                .delete("/v1/instances/vm-of-a/legal-hold?reason=%20%20")
                .text("/errors/0/field"))
        .isEqualTo("reason");
  }

  @Test
  void aPackedRequestIsReadLikeAnyOther() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"account\":\"packed\"}".getBytes(StandardCharsets.UTF_8));
    }
    HttpRequest.Builder request =
        service
            .operator()
            .request("/v1/accounts")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "packed")
            .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()));
    assertThat(answered(request.copy().header("Content-Encoding", "br"))).isEqualTo(415);
    assertThat(answered(request.copy().header("Content-Encoding", "gzip"))).isEqualTo(201);
    assertThat(service.operator().get("/v1/accounts/packed").status()).isEqualTo(200);
  }

  private static int answered(HttpRequest.Builder request) {
    return ServiceClient.exchange(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
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
