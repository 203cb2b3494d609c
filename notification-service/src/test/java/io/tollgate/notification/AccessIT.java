package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.AccountId;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.support.web.security.TokenMinter;
import io.tollgate.testing.Routes;
import io.tollgate.testing.User;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
          "/v1/parked-accounts",
          "/v1/set-aside");

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
    User user = service.customer(own);
    assertThat(inbox(own).body().toString()).doesNotContain(other.value());
    for (String path : List.of("", "/unread-count", "/stream")) {
      assertThat(user.get(messages(other) + path).problem()).as(path).isEqualTo("forbidden");
    }
    for (String path : List.of("/1/read", "/1/answer")) {
      assertThat(user.post(messages(other) + path, "{\"answer\":\"ACCEPT\"}").problem())
          .as(path)
          .isEqualTo("forbidden");
    }
    assertThat(user.get("/v1/accounts/" + other + "/audit-trail").problem()).isEqualTo("forbidden");
    assertThat(inbox(other).body().at("/items/0").has("readAt")).isFalse();
  }

  @Test
  void customersDoNotReachWhatIsTheOperators() {
    User user = service.customer(told());
    for (String path : OPERATORS_ROUTES) {
      assertThat(user.get(path).problem()).as(path).isEqualTo("forbidden");
    }
    assertThat(user.get("/v1/announcements").status()).isEqualTo(200);
    assertThat(service.nobody().get("/v1/announcements").status()).isEqualTo(200);
  }

  @Test
  void changingNeedsItsScope() {
    User user = service.operatorFor("recharge");
    for (String path :
        List.of(
            "/v1/notices",
            "/v1/notices/n-1/withdrawal",
            "/v1/deliveries/d-1/retry",
            "/v1/policies",
            "/v1/clock/step",
            "/v1/dead-letters/replay")) {
      assertThat(user.post(path, "{}").problem()).as(path).isEqualTo("forbidden");
    }
    assertThat(user.get("/v1/notices").status()).isEqualTo(200);
  }

  /** Kinds that only events make were listed, and refused when they were tried. */
  @Test
  void anUnknownKindIsAnsweredWithThoseThatOperatorsPublish() {
    assertThat(
            service
                .operator()
                .post(
                    "/v1/notices",
                    "{'kind':'NEWS','audience':{'type':'ALL'},'texts':{'en':{'title':'t','body':'b'},'zh':{'title':'t','body':'b'}}}")
                .text("/detail"))
        .isEqualTo(
            "kind: must be one of RELOCATION, TERMS_CHANGE, DISCONTINUATION, AGREEMENT_TRANSFER,"
                + " FREE_BECOMES_CHARGEABLE, SET_OFF, AFFILIATE_DEBT_CHARGED, COMPLAINT,"
                + " ANNOUNCEMENT, MARKETING, not \"NEWS\"");
  }

  /** A step back was answered 200, as if it had been taken. */
  @Test
  void theTestClockIsSteppedForwardOnly() {
    User user = service.operatorFor("clock");
    String now = now().toString();
    assertThat(user.post("/v1/clock/step", "{'to':'" + now + "'}").text("/now")).isEqualTo(now);
    assertThat(user.post("/v1/clock/step", "{}").text("/detail")).isEqualTo("to: is missing");
    assertThat(user.post("/v1/clock/step", "{'to':'9001-01-01T00:00:00Z'}").text("/detail"))
        .startsWith("to: must be a time of RFC 3339 in the years 1971 to 9000");
    var refused = user.post("/v1/clock/step", "{'to':'2020-01-01T00:00:00Z'}");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("clock-past");
    assertThat(refused.text("/detail"))
        .isEqualTo(
            "2020-01-01T00:00:00Z is in the past: the clock is at %s and only moves forward"
                .formatted(now));
    assertThat(now()).isEqualTo(now);
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
      var answer = service.bearer(token).get(messages(account));
      assertThat(answer.status()).as(token).isEqualTo(401);
      assertThat(answer.problem()).isEqualTo("unauthenticated");
    }
  }

  @Test
  void aRouteWithoutARuleIsNobodys() {
    assertThat(service.operator().get("/v1/nothing").problem()).isEqualTo("not-found");
    assertThat(service.nobody().get("/v1/nothing").problem()).isEqualTo("unauthenticated");
    assertThat(service.operator().get("/v1/accounts/a/messages/../../b").status())
        .isIn(400, 403, 404);
  }

  @Test
  void strangeInputIsAProblemOfTheRequest() {
    AccountId account = told();
    User user = service.customer(account);
    assertThat(user.post(messages(account) + "/1/answer", "{\"answer\":").problem())
        .isEqualTo("malformed-body");
    assertThat(
            user.post(messages(account) + "/1/answer", "{\"answer\":\"ACCEPT\",\"x\":1}")
                .text("/errors/0/field"))
        .isEqualTo("x");
    assertThat(user.post(messages(account) + "/1/answer", "{}").problem())
        .isEqualTo("invalid-request");
    assertThat(user.post(messages(account) + "/1/answer", "{\"answer\":\"ACCEPT\"}").problem())
        .isEqualTo("not-answerable");
    assertThat(user.post(messages(account) + "/one/read", "").status()).isEqualTo(400);
    assertThat(service.operator().get("/v1/accounts/a'--/messages").status()).isEqualTo(400);
    assertThat(service.operator().get("/v1/deliveries?outcome=x").status()).isEqualTo(400);
  }

  @Test
  void theDocumentNamesExactlyTheRoutesThatRunAndEachIsGranted() {
    var context = service.context();
    assertThat(Routes.documented("notification")).isEqualTo(Routes.running(context));
    assertThat(Routes.granted(context)).containsAll(Routes.running(context));
    assertThat(service.operator().text("/openapi.yaml")).startsWith("openapi:");
  }
}
