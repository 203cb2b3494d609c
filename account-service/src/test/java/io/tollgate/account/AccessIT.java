package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.testing.Routes;
import io.tollgate.testing.User;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each may see and do: an operator, a customer, a platform, nobody. */
class AccessIT extends TwoAccountsTest {

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
        "/v1/platforms/compute/webhook/deliveries",
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
}
