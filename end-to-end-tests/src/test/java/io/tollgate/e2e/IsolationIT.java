package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.OnSharedCloud;
import io.tollgate.model.AccountId;
import io.tollgate.standalone.DataDirectory;
import io.tollgate.standalone.Service;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.TokenMinter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is an account's is nobody else's (section 15): every documented route of every service,
 * asked by nobody, by another account and by the account itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@OnSharedCloud
class IsolationIT {

  private static final String MINE = "mine";
  private static final String THEIRS = "theirs";

  /** Has what "theirs" has, and may change it. */
  private static final String SERVED = "served";

  private static final String HEALTH = "/actuator/health/readiness";
  private static final String NUMBERS = "/actuator/prometheus";

  /** Where what is theirs is seen; the trails also name who only tried and succeeded. */
  private static final List<String> VIEWS =
      List.of(
          "METERING /v1/accounts/theirs/usage?meter=units",
          "BILLING /v1/accounts/theirs/balance",
          "BILLING /v1/accounts/theirs/bills",
          "BILLING /v1/accounts/theirs/recharges",
          "BILLING /v1/accounts/theirs/adjustments",
          "BILLING /v1/accounts/theirs/postings",
          "BILLING /v1/accounts/theirs/audit-trail",
          "ACCOUNT /v1/accounts/theirs",
          "ACCOUNT /v1/accounts/theirs/contacts",
          "ACCOUNT /v1/accounts/theirs/instances",
          "ACCOUNT /v1/accounts/theirs/holds",
          "ACCOUNT /v1/instances/theirs/holds",
          "ACCOUNT /v1/accounts/theirs/audit-trail",
          "ACCOUNT /v1/platforms/demo/commands",
          "NOTIFICATION /v1/accounts/theirs/messages",
          "NOTIFICATION /v1/accounts/theirs/webhook",
          "NOTIFICATION /v1/accounts/theirs/webhook/deliveries",
          "NOTIFICATION /v1/accounts/theirs/audit-trail",
          "NOTIFICATION /v1/deliveries?outcome=SENT");

  @TempDir Path foreignKeys;

  private Deployment deployment;
  private Belongings theirs;
  private Belongings served;

  @BeforeAll
  void start(Cloud cloud) {
    deployment = cloud.deployment();
    LocalDate day = cloud.freshDay();
    Debtors.appear(cloud, day, List.of(MINE, THEIRS, SERVED));
    theirs = Belongings.of(THEIRS, cloud, day);
    served = Belongings.of(SERVED, cloud, day);
  }

  private Probe.Answer ask(DocumentedRoute route, String token) {
    return ask(theirs, route, token);
  }

  private Probe.Answer ask(Belongings named, DocumentedRoute route, String token) {
    return Probe.send(
        deployment.url(route.service()),
        route.method(),
        named.filled(route.path()),
        token,
        route.body());
  }

  private List<String> seen() {
    return VIEWS.stream()
        .map(
            view -> {
              String[] parts = view.split(" ", 2);
              Probe.Answer answer =
                  Probe.send(
                      deployment.url(Service.valueOf(parts[0])),
                      "GET",
                      parts[1],
                      deployment.operatorToken(),
                      "");
              assertThat(answer.status()).as(view + " " + answer.body()).isEqualTo(200);
              return view + " " + answer.body();
            })
        .toList();
  }

  @Test
  void everyRouteOfCustomersIsDocumented() {
    assertThat(DocumentedRoute.all())
        .extracting(DocumentedRoute::name)
        .containsAll(DocumentedRoute.OF_CUSTOMERS);
  }

  @Test
  void nobodyGetsNothing() {
    List<String> before = seen();
    List<String> let = new ArrayList<>();
    List<String> tokens = worthless();
    for (DocumentedRoute route : DocumentedRoute.closed()) {
      for (String token : tokens) {
        int status = ask(route, token).status();
        if (status != 401) {
          let.add(route.name() + " " + status);
        }
      }
    }
    assertThat(let).isEmpty();
    assertThat(seen()).isEqualTo(before);
  }

  /** None, none that can be read, and good ones: unsigned, expired, of another issuer. */
  private List<String> worthless() {
    TokenMinter ours = new DataDirectory(deployment.directory()).minter();
    TokenMinter foreign = TokenMinter.of(foreignKeys, InstantSource.system());
    AccountId account = AccountId.of(THEIRS);
    return List.of(
        "",
        "not-a-token",
        unsigned(deployment.customerToken(THEIRS)),
        ours.customer("late", account, Duration.ofHours(-1)),
        foreign.customer("foreign", account, Duration.ofHours(1)));
  }

  /** The same claims without their signature. */
  private static String unsigned(String token) {
    return token.substring(0, token.lastIndexOf('.') + 1);
  }

  @Test
  void besideTheRoutesOnlyHealthIsForEverybodyAndOnlyNumbersForMonitors() {
    for (Service service : Service.values()) {
      URI management = deployment.managementUrl(service);
      assertThat(read(management, HEALTH, "")).isEqualTo(200);
      for (String path : List.of(NUMBERS, "/actuator", "/actuator/env", "/nothing")) {
        assertThat(read(management, path, "")).as(path).isEqualTo(401);
        assertThat(read(management, path, "not-a-token")).as(path).isEqualTo(401);
        assertThat(read(management, path, deployment.customerToken(THEIRS)))
            .as(path)
            .isIn(403, 404);
        assertThat(read(management, path, deployment.platformToken("demo"))).isIn(403, 404);
      }
      assertThat(read(management, NUMBERS, deployment.monitorToken())).isEqualTo(200);
      assertThat(read(management, "/actuator/env", deployment.monitorToken())).isEqualTo(404);
      for (String path : List.of("/openapi.yaml", "/nothing", NUMBERS)) {
        assertThat(read(deployment.url(service), path, "")).as(path).isEqualTo(401);
      }
    }
    assertThat(DocumentedRoute.closed())
        .allSatisfy(
            route -> assertThat(ask(route, deployment.monitorToken()).status()).isEqualTo(403));
    assertThat(DocumentedRoute.all())
        .filteredOn(route -> DocumentedRoute.OF_THE_PUBLIC.contains(route.name()))
        .hasSize(DocumentedRoute.OF_THE_PUBLIC.size())
        .allSatisfy(route -> assertThat(ask(route, "").status()).isEqualTo(200));
  }

  private static int read(URI base, String path, String token) {
    return Probe.send(base, "GET", path, token, "").status();
  }

  @Test
  void anOperatorWithoutTheScopeAndAPlatformAreRefused() {
    assertThat(DocumentedRoute.all()).extracting(DocumentedRoute::name).containsAll(Roles.named());
    List<String> before = seen();
    List<String> let = new ArrayList<>();
    for (DocumentedRoute route : DocumentedRoute.all()) {
      int operator = ask(route, operatorWithout(Roles.scopeOf(route.name()))).status();
      boolean reads = route.method().equals("GET") && Roles.scopeOf(route.name()).isEmpty();
      boolean refused = operator == 403;
      if (refused == (reads && !Roles.NOT_OF_OPERATORS.contains(route.name()))) {
        let.add("an operator without the scope: " + route.name() + " " + operator);
      }
      if (!Roles.OF_PLATFORMS.contains(route.name())
          && ask(route, deployment.platformToken("other")).status() != 403) {
        let.add("a platform: " + route.name());
      }
    }
    assertThat(let).isEmpty();
    assertThat(seen()).isEqualTo(before);
  }

  /** An operator with every scope but one; with none when no scope is needed. */
  private String operatorWithout(String scope) {
    List<String> scopes =
        scope.isEmpty()
            ? List.of()
            : Scopes.ALL.stream().filter(each -> !each.equals(scope)).toList();
    return deployment.operatorToken("otto", scopes);
  }

  @Test
  void anotherAccountSeesAndChangesNothing() {
    List<String> before = seen();
    List<String> let = new ArrayList<>();
    for (DocumentedRoute route : DocumentedRoute.all()) {
      Probe.Answer answer = ask(route, deployment.customerToken(MINE));
      boolean allowed =
          DocumentedRoute.OF_EVERYBODY.contains(route.name())
              ? answer.status() == 200 && !answer.body().contains(THEIRS)
              : answer.status() == 403 || answer.status() == 404;
      if (!allowed || answer.body().contains(Belongings.SECRET)) {
        let.add(route.name() + " " + answer);
      }
    }
    assertThat(let).isEmpty();
    assertThat(seen()).isEqualTo(before);
  }

  @Test
  void anotherPlatformSeesAndChangesNothing() {
    List<String> before = seen();
    List<String> let = new ArrayList<>();
    for (DocumentedRoute route : DocumentedRoute.all()) {
      if (route.path().startsWith("/v1/platforms/{}")
          || route.path().startsWith("/v1/instances/{}")) {
        int status = ask(route, deployment.platformToken("other")).status();
        if (status != 403 && status != 404) {
          let.add(route.name() + " " + status);
        }
      }
    }
    assertThat(let).isEmpty();
    assertThat(seen()).isEqualTo(before);
  }

  /** The account in the path is the asker's, what else it names is another's: only SQL can tell. */
  @Test
  void whatIsAnothersIsNotFoundUnderOnesOwnAccount() {
    List<String> before = seen();
    List<String> let = new ArrayList<>();
    Belongings mixed = theirs.under(MINE);
    List<DocumentedRoute> nested =
        DocumentedRoute.all().stream()
            .filter(route -> route.path().matches("/v1/accounts/\\{}/.*\\{}.*"))
            .toList();
    assertThat(nested).hasSizeGreaterThan(7);
    for (DocumentedRoute route : nested) {
      for (String token : List.of(deployment.customerToken(MINE), operatorWithout("nothing"))) {
        Probe.Answer answer =
            Probe.send(
                deployment.url(route.service()),
                route.method(),
                mixed.filled(route.path()),
                token,
                route.body());
        // Messages are numbered per account, so that one of the same number may be one's own.
        boolean own = route.path().contains("/messages/") && !answer.body().contains(THEIRS);
        if (answer.status() != 403 && answer.status() != 404 && !own) {
          let.add(route.name() + " " + answer);
        }
      }
    }
    assertThat(let).isEmpty();
    assertThat(seen()).isEqualTo(before);
  }

  @Test
  void theAccountItselfIsServedWhatIsForCustomersAndRefusedTheRest() {
    List<String> wrong = new ArrayList<>();
    for (DocumentedRoute route : DocumentedRoute.all()) {
      Probe.Answer answer = ask(served, route, deployment.customerToken(SERVED));
      boolean right =
          DocumentedRoute.OF_CUSTOMERS.contains(route.name())
              ? answer.done()
              : answer.status() == 403;
      if (!right) {
        wrong.add(route.name() + " " + answer);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothingSecretIsLoggedMeasuredOrAnswered() {
    String contacts = "{'name':'bertha','emails':['bertha@example.com','no address'],'extra':1}";
    String large = "{'reason':'" + "x".repeat(2_000_000) + "'}";
    StringBuilder said = new StringBuilder();
    for (Service service : Service.values()) {
      String path = service == Service.METERING ? "/v1/meters" : "/v1/policies";
      Probe.Answer tooLarge =
          Probe.send(deployment.url(service), "POST", path, deployment.operatorToken(), large);
      assertThat(tooLarge.status()).as(service.name()).isEqualTo(413);
      said.append(refusedFor(service, path, "", 401));
      said.append(refusedFor(service, path, deployment.customerToken(MINE), 403));
      String numbers =
          Probe.send(
                  deployment.managementUrl(service), "GET", NUMBERS, deployment.monitorToken(), "")
              .body();
      assertThat(numbers)
          .contains(rejected("unauthenticated"), rejected("forbidden"), rejected("too-large"))
          .doesNotContain(
              rejected("unauthenticated") + " 0.0",
              rejected("forbidden") + " 0.0",
              rejected("too-large") + " 0.0");
      said.append(numbers).append(tooLarge.body());
    }
    Probe.Answer bad =
        Probe.send(
            deployment.url(Service.ACCOUNT),
            "PUT",
            "/v1/accounts/theirs/contacts",
            deployment.operatorToken(),
            contacts);
    assertThat(bad.status()).isEqualTo(400);
    said.append(bad.body());

    List<String> logged = Secrets.logged(deployment);
    assertThat(logged).hasSizeGreaterThan(10);
    for (String secret : Secrets.of(deployment)) {
      assertThat(said.toString()).doesNotContain(secret);
      assertThat(logged).as("logs").noneMatch(line -> line.contains(secret));
    }
  }

  private String refusedFor(Service service, String path, String token, int status) {
    Probe.Answer answer = Probe.send(deployment.url(service), "POST", path, token, "{}");
    assertThat(answer.status()).as(service.name()).isEqualTo(status);
    return answer.body();
  }

  private static String rejected(String reason) {
    return "tollgate_requests_rejected_total{reason=\"%s\"}".formatted(reason);
  }
}
