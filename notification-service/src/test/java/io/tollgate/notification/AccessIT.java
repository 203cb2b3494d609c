package io.tollgate.notification;

import static io.tollgate.notification.testing.NotificationService.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.AccountId;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.support.security.AccessRules;
import io.tollgate.support.security.TokenMinter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;

class AccessIT extends ServiceTest {

  private static final List<String> OPERATORS_ROUTES =
      List.of(
          "/v1/notices",
          "/v1/notices/n-1",
          "/v1/notices/n-1/proof",
          "/v1/deliveries",
          "/v1/audit",
          "/v1/clock",
          "/v1/policies",
          "/v1/dead-letters",
          "/v1/parked-accounts");

  private static AccountId told() {
    AccountId account = world.openAccount(START);
    Occurrence.SUSPENDED.account(account).ifPresent(world::publish);
    awaitMessages(account, 1);
    return account;
  }

  @Test
  void oneAccountsTokenShowsNothingOfAnother() {
    AccountId own = told();
    AccountId other = told();
    String token = service.customer(own);
    assertThat(inbox(own).body().toString()).doesNotContain(other.value());
    for (String path : List.of("", "/unread-count", "/stream")) {
      assertThat(service.get(token, messages(other) + path).problem())
          .as(path)
          .isEqualTo("forbidden");
    }
    for (String path : List.of("/1/read", "/1/answer")) {
      assertThat(service.post(token, messages(other) + path, "{\"answer\":\"ACCEPT\"}").problem())
          .as(path)
          .isEqualTo("forbidden");
    }
    assertThat(service.get(token, "/v1/accounts/" + other + "/audit-trail").problem())
        .isEqualTo("forbidden");
    assertThat(inbox(other).body().at("/items/0").has("readAt")).isFalse();
  }

  @Test
  void customersDoNotReachWhatIsTheOperators() {
    String token = service.customer(told());
    for (String path : OPERATORS_ROUTES) {
      assertThat(service.get(token, path).problem()).as(path).isEqualTo("forbidden");
    }
    assertThat(service.get(token, "/v1/announcements").status()).isEqualTo(200);
  }

  @Test
  void changingNeedsItsScope() {
    String token = service.operator("recharge");
    for (String path :
        List.of(
            "/v1/notices",
            "/v1/notices/n-1/withdrawal",
            "/v1/deliveries/d-1/retry",
            "/v1/policies",
            "/v1/clock/step",
            "/v1/dead-letters/replay")) {
      assertThat(service.post(token, path, "{}").problem()).as(path).isEqualTo("forbidden");
    }
    assertThat(service.get(token, "/v1/notices").status()).isEqualTo(200);
  }

  @Test
  void withoutAValidTokenNothingIsShown(@TempDir Path elsewhere) {
    AccountId account = told();
    String forged =
        TokenMinter.of(elsewhere, InstantSource.system())
            .customer("mallory", account, Duration.ofHours(1));
    String expired =
        TokenMinter.of(elsewhere, InstantSource.system())
            .customer("mallory", account, Duration.ofHours(-1));
    for (String token : List.of("", forged, expired, "abc", "eyJhbGciOiJub25lIn0.e30.")) {
      var answer = service.get(token, messages(account));
      assertThat(answer.status()).as(token).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
    }
  }

  @Test
  void aRouteWithoutARuleIsNobodys() {
    assertThat(service.get(service.operator(), "/v1/nothing").status()).isEqualTo(403);
    assertThat(service.get(service.operator(), "/v1/accounts/a/messages/../../b").status())
        .isIn(400, 403, 404);
  }

  @Test
  void strangeInputIsAProblemOfTheRequest() {
    AccountId account = told();
    String token = service.customer(account);
    assertThat(service.post(token, messages(account) + "/1/answer", "{\"answer\":").problem())
        .isEqualTo("malformed-body");
    assertThat(
            service
                .post(token, messages(account) + "/1/answer", "{\"answer\":\"ACCEPT\",\"x\":1}")
                .text("/errors/0/field"))
        .isEqualTo("x");
    assertThat(service.post(token, messages(account) + "/1/answer", "{}").problem())
        .isEqualTo("invalid-request");
    assertThat(
            service
                .post(token, messages(account) + "/1/answer", "{\"answer\":\"ACCEPT\"}")
                .problem())
        .isEqualTo("not-answerable");
    assertThat(service.post(token, messages(account) + "/one/read", "").status()).isEqualTo(400);
    assertThat(service.get(service.operator(), "/v1/accounts/a'--/messages").status())
        .isEqualTo(400);
    assertThat(service.get(service.operator(), "/v1/deliveries?outcome=x").status()).isEqualTo(400);
  }

  private static Set<String> mapped() {
    Set<String> routes = new TreeSet<>();
    service
        .bean(RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .keySet()
        .forEach(
            info ->
                info.getPatternsCondition()
                    .getPatterns()
                    .forEach(
                        pattern ->
                            info.getMethodsCondition()
                                .getMethods()
                                .forEach(
                                    method ->
                                        routes.add(
                                            method + " " + nameless(pattern.getPatternString())))));
    return routes;
  }

  private static String nameless(String pattern) {
    return pattern.replaceAll("\\{[^}]*}", "{}");
  }

  @Test
  void theOpenApiDocumentNamesExactlyTheRoutesThereAre() throws Exception {
    Map<String, Map<String, Map<String, Object>>> document;
    try (var in = new ClassPathResource("openapi/notification.yaml").getInputStream()) {
      document = new Yaml().load(in);
    }
    Set<String> documented =
        Objects.requireNonNull(document.get("paths")).entrySet().stream()
            .flatMap(
                path ->
                    path.getValue().keySet().stream()
                        .map(
                            method ->
                                method.toUpperCase(Locale.ROOT) + " " + nameless(path.getKey())))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(documented).isEqualTo(mapped());
    assertThat(service.get(service.operator(), "/openapi.yaml").status()).isEqualTo(200);
  }

  @Test
  void everyRouteHasARule() {
    Set<String> ruled =
        service.bean(AccessRules.class).rules().stream()
            .map(rule -> rule.method() + " " + nameless(rule.pattern()))
            .collect(Collectors.toSet());
    assertThat(ruled).containsAll(mapped());
  }
}
