package io.tollgate.support.web.security;

import static io.tollgate.support.testing.KeptConnection.post;
import static io.tollgate.support.testing.KeptConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.support.testing.HttpService;
import io.tollgate.support.testing.KeptConnection;
import io.tollgate.support.testing.SharedHttpService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Without a token nothing answers but health; with one, each sees what its rule says. */
@ExtendWith(SharedHttpService.class)
class RouteAccessIT {

  private static final List<String> HEALTH =
      List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");

  /** All are exposed by the tested service; no rule opens them. */
  private static final List<String> INSIDE =
      List.of("/actuator", "/actuator/env", "/actuator/metrics", "/actuator/beans");

  private final HttpService service;

  RouteAccessIT(HttpService service) {
    this.service = service;
  }

  private static int status(KeptConnection connection, String path, String token) {
    return connection.ask(request("GET", path, token)).status();
  }

  @Test
  void healthIsForEverybody() {
    try (KeptConnection management = service.connectToManagement()) {
      for (String path : HEALTH) {
        assertThat(status(management, path, "")).as(path).isEqualTo(200);
      }
    }
  }

  @Test
  void theNumbersAreForOperatorsAndMonitorsOnly() {
    try (KeptConnection management = service.connectToManagement()) {
      assertThat(status(management, RouteAccess.METRICS, "")).isEqualTo(401);
      assertThat(status(management, RouteAccess.METRICS, "not-a-token")).isEqualTo(401);
      assertThat(status(management, RouteAccess.METRICS, service.platform())).isEqualTo(403);
      assertThat(management.ask(request("GET", RouteAccess.METRICS, service.monitor())).body())
          .contains("jvm_memory_used_bytes");
      assertThat(status(management, RouteAccess.METRICS, service.operator())).isEqualTo(200);
    }
  }

  /** Fuzzing had a 500 of it. */
  @Test
  void theNumbersComeToWhoAcceptsNothingInParticular() {
    try (KeptConnection management = service.connectToManagement()) {
      assertThat(
              management
                  .ask(request("GET", RouteAccess.METRICS, service.monitor(), "Accept: "))
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void theInsideIsNobodysThoughItIsExposed() {
    try (KeptConnection management = service.connectToManagement()) {
      for (String path : INSIDE) {
        assertThat(status(management, path, "")).as(path).isEqualTo(401);
        assertThat(status(management, path, service.monitor())).as(path).isEqualTo(404);
        assertThat(status(management, path, service.operator())).as(path).isEqualTo(404);
      }
    }
  }

  @Test
  void aMonitorSeesNothingButTheNumbers() {
    try (KeptConnection connection = service.connect()) {
      assertThat(status(connection, "/v1/things", service.monitor())).isEqualTo(403);
    }
  }

  /** "This credential does not allow that" sent people to look for what would. */
  @Test
  void whoIsRefusedLearnsWhoseTokenIsNeeded() {
    try (KeptConnection connection = service.connect()) {
      assertThat(connection.ask(request("GET", "/v1/things", service.platform())).body())
          .contains("\"detail\":\"this needs a token for: operator\"")
          .contains("\"needed\":[\"operator\"]");
      assertThat(connection.ask(post("/v1/things", service.platform(), "{}")).body())
          .contains("\"detail\":\"this needs a token for: operator (scope catalogue)\"");
      assertThat(connection.ask(request("GET", "/v1/accounts/a", service.platform())).body())
          .contains("\"detail\":\"this needs a token for: operator, or customer of the account\"");
    }
    try (KeptConnection management = service.connectToManagement()) {
      assertThat(management.ask(request("GET", RouteAccess.METRICS, service.platform())).body())
          .contains("\"needed\":[\"operator\",\"monitor\"]");
    }
  }

  /** "A valid bearer token is required" left open what was wrong with the one that was sent. */
  @Test
  void whoIsNotLetInLearnsWhatIsWrongWithTheToken(@TempDir Path elsewhere) {
    String foreign =
        TokenMinter.of(elsewhere, InstantSource.system())
            .operator("olga", Scopes.ALL, Duration.ofHours(1));
    try (KeptConnection connection = service.connect()) {
      assertThat(rejected(connection, "")).contains("no bearer token was sent");
      assertThat(rejected(connection, service.expiredOperator())).contains("has expired");
      for (String token : List.of("not-a-token", "two words", foreign)) {
        assertThat(rejected(connection, token))
            .contains("is malformed or was not issued for this deployment");
      }
    }
  }

  private static String rejected(KeptConnection connection, String token) {
    var answer = connection.ask(request("GET", HttpService.THINGS, token));
    assertThat(answer.status()).isEqualTo(401);
    return answer.body();
  }

  /** Whoever has a bad token looks up what "unauthenticated" means, and had 401 again. */
  @Test
  void whatAnybodyMayReadIsReadWithABadTokenToo() {
    try (KeptConnection connection = service.connect();
        KeptConnection management = service.connectToManagement()) {
      for (String token : List.of("not-a-token", "two words", service.expiredOperator())) {
        assertThat(status(connection, "/problems/unauthenticated", token)).isEqualTo(200);
        assertThat(status(management, "/actuator/health", token)).isEqualTo(200);
      }
    }
  }

  @Test
  void theDocumentNeedsAToken() {
    try (KeptConnection connection = service.connect()) {
      assertThat(status(connection, "/openapi.yaml", "")).isEqualTo(401);
      assertThat(status(connection, "/openapi.yaml", service.platform())).isNotEqualTo(401);
    }
  }

  @Test
  void whatIsNotThereIsToldToThoseWithATokenOnly() {
    try (KeptConnection connection = service.connect()) {
      assertThat(status(connection, "/v1/nothing", "")).isEqualTo(401);
      var unknown = connection.ask(request("GET", "/v1/nothing", service.operator()));
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.headers()).containsEntry("Content-Type", "application/problem+json");
      assertThat(unknown.body()).contains("problems/not-found");
    }
  }

  @Test
  void anotherMethodIsToldWhichOnesThereAre() {
    try (KeptConnection connection = service.connect()) {
      assertThat(connection.ask(request("DELETE", "/v1/things", "")).status()).isEqualTo(401);
      var answer = connection.ask(request("DELETE", "/v1/things", service.operator()));
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.headers().getOrDefault("Allow", "").split(", *"))
          .containsExactlyInAnyOrder("GET", "HEAD", "POST");
      assertThat(answer.body()).contains("problems/method-not-allowed");
      assertThat(connection.ask(post("/v1/held", service.operator(), "{}")).status())
          .isEqualTo(405);
      assertThat(connection.ask(post("/openapi.yaml", service.operator(), "{}")).status())
          .isEqualTo(405);
    }
  }
}
