package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.standalone.Service;
import io.tollgate.testing.Await;
import io.tollgate.testing.User;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Notices with a lead and what may not happen before them (section 14): published on 1 March 15:00
 * Shanghai time to three accounts, one of whose addresses bounces.
 */
@EnabledIfSystemProperty(
    named = "tollgate.faults",
    matches = "true",
    disabledReason = "takes minutes: -Dtollgate.faults=true")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GatesIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final List<String> ACCOUNTS = List.of("one", "bounced", "three");
  private static final String CHARGEABLE =
      """
      {'effectiveFrom':'2026-03-12T16:00:00Z','notice':'%s','meters':[{'meter':'units',
       'model':{'kind':'PER_UNIT','unitPrice':'1'},'scope':'CYCLE'}]}
      """;

  private final Map<String, String> notices = new HashMap<>();
  private MailServer mail;
  private Settings settings;
  private Deployment deployment;
  private Cloud cloud;

  @BeforeAll
  void start() {
    mail = MailServer.start("bounced@example.com");
    settings =
        Settings.startingAt(Instant.parse("2026-03-01T00:00:00Z"))
            .with("TOLLGATE_SMTP_PORT", "" + mail.port());
    deployment = Deployment.fresh("gates", settings);
    cloud = new Cloud(deployment, ZoneId.of("Asia/Shanghai"));
    cloud.meter("units", "SUM", "2026-03-01T00:00");
    cloud.product("gift", "DAY");
    var unused =
        cloud.price(
            "gift",
            "2026-03-01T00:00",
            "'meters':[{'meter':'units','model':{'kind':'PER_UNIT','unitPrice':'0'},"
                + "'scope':'CYCLE'}]");
    for (String account : ACCOUNTS) {
      cloud.open(account, "gift");
      unused =
          Cloud.done(
              deployment
                  .operator(Service.ACCOUNT)
                  .put(
                      "/v1/accounts/" + account + "/contacts",
                      "{'name':'%s','emails':['%s@example.com'],'marketingConsent':false}"
                          .formatted(account, account)));
    }
    cloud.advanceTo("2026-03-01T15:00");
  }

  @AfterAll
  void stop() throws IOException {
    deployment.close();
    mail.close();
  }

  private User.Answer publish(String kind, String subject, String effectAt) {
    return deployment
        .operator(Service.NOTIFICATION)
        .post(
            "/v1/notices",
            """
            {'kind':'%s','subject':'%s','effectAt':'%s',
             'audience':{'type':'ACCOUNTS','accounts':['one','bounced','three']},
             'texts':{'en':{'title':'Ahead','body':'It changes.'},
                      'zh':{'title':'预告','body':'将有变更。'}}}
            """
                .formatted(kind, subject, effectAt));
  }

  /** Asks too early, is told the earliest lawful time, and is accepted then. */
  private void gate(String kind, String subject, String tooEarly, String earliest) {
    User.Answer refused = publish(kind, subject, tooEarly);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/lead-too-short");
    assertThat(refused.text("/earliestLawful")).isEqualTo(earliest);
    notices.put(kind, Cloud.done(publish(kind, subject, earliest)).text("/notice/id"));
  }

  private String notice(String kind) {
    return Objects.requireNonNull(notices.get(kind), kind);
  }

  private User.Answer relocate() {
    return deployment
        .operator(Service.ACCOUNT)
        .post("/v1/instances/one/relocation", "{'notice':'%s'}".formatted(notice("RELOCATION")));
  }

  private User.Answer charge(String notice) {
    return deployment
        .operator(Service.BILLING)
        .post("/v1/products/gift/prices", CHARGEABLE.formatted(notice));
  }

  private int prices() {
    return Cloud.done(deployment.operator(Service.BILLING).get("/v1/products/gift/prices"))
        .body()
        .at("/items")
        .size();
  }

  private String commands() {
    return Cloud.done(
            deployment.platform(Service.ACCOUNT, Cloud.PLATFORM).get("/v1/platforms/demo/commands"))
        .body()
        .toString();
  }

  private static void assertRefused(User.Answer answer, String slug) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.text("/type")).endsWith("/" + slug);
  }

  /** 7, 10 and 30 whole days: the 9th, the 12th and 1 April, each at 00:00 local. */
  @Test
  @Order(1)
  void anEffectBeforeTheDaysHaveRunIsRefused() {
    gate("RELOCATION", "one", "2026-03-08T07:00:00Z", "2026-03-08T16:00:00Z");
    gate("FREE_BECOMES_CHARGEABLE", "gift", "2026-03-11T07:00:00Z", "2026-03-11T16:00:00Z");
    gate("TERMS_CHANGE", "terms", "2026-03-31T07:00:00Z", "2026-03-31T16:00:00Z");
    deployment.settle();
  }

  @Test
  @Order(2)
  void everybodyIsToldOnceInStationEvenWhenAnAddressBounces() {
    for (String account : ACCOUNTS) {
      assertThat(cloud.items(Service.NOTIFICATION, account, "messages"))
          .extracting(
              message ->
                  message.at("/deliveredAt").asString() + " " + message.at("/kind").asString())
          .containsExactlyInAnyOrder(
              "2026-03-01T07:00:00Z RELOCATION",
              "2026-03-01T07:00:00Z FREE_BECOMES_CHARGEABLE",
              "2026-03-01T07:00:00Z TERMS_CHANGE");
    }
    assertThat(mail.received("one@example.com")).hasSize(3).doesNotHaveDuplicates();
    assertThat(mail.received("three@example.com")).hasSize(3).doesNotHaveDuplicates();
    assertThat(mail.received("bounced@example.com")).isEmpty();
    User.Answer failed = deployment.operator(Service.NOTIFICATION).get("/v1/deliveries");
    assertThat(failed.body().at("/items").valueStream())
        .hasSize(3)
        .allMatch(one -> one.at("/address").asString().equals("bounced@example.com"));
  }

  @Test
  @Order(3)
  void goingRoundTheGateIsRefused() {
    assertRefused(relocate(), "gate-shut");
    assertRefused(charge(notice("FREE_BECOMES_CHARGEABLE")), "gate-shut");
    assertRefused(charge(notice("RELOCATION")), "gate-mismatch");
    assertRefused(charge("no-such-notice"), "gate-unknown");
    User.Answer unnamed =
        deployment
            .operator(Service.BILLING)
            .post("/v1/products/gift/prices", CHARGEABLE.replace("'notice':'%s',", ""));
    assertRefused(unnamed, "gate-needed");
    assertThat(prices()).isEqualTo(1);
    assertThat(commands()).doesNotContain("RELOCATE");
  }

  /** In-station never depends on the crash; the e-mail is sent again under its Message-ID. */
  @Test
  @Order(4)
  void whoIsKilledWhileSendingTellsOnceInStationAndUnderOneMessageId() {
    killAt("email.after-claim", "SET_OFF", 0, 1);
    killAt("email.after-send", "AGREEMENT_TRANSFER", 1, 2);
    User.Answer uncertain =
        deployment.operator(Service.NOTIFICATION).get("/v1/deliveries?outcome=UNCERTAIN");
    // The three of a notice are claimed together, so of each of them the outcome was unknown.
    assertThat(uncertain.body().at("/items").valueStream().map(one -> one.at("/state").asString()))
        .containsExactlyInAnyOrder("SENT", "SENT", "FAILED", "SENT", "SENT", "FAILED");
  }

  /**
   * The process dies over the first e-mail of a notice.
   *
   * @param before e-mails of the notice received when it died
   * @param most e-mails received in the end by whom it was sending to
   */
  private void killAt(String point, String kind, int before, int most) {
    int already = mails();
    long distinctBefore = distinctMails();
    deployment.kill();
    deployment.close();
    deployment =
        Deployment.start(deployment.directory(), settings.with("tollgate.fault.point", point));
    assertThat(publish(kind, "anything", "2026-04-30T16:00:00Z").status()).isEqualTo(201);
    var unused = Await.until(LIMIT, () -> deployment.isAlive(), alive -> !alive);
    assertThat(mails()).isEqualTo(already + before);

    deployment.close();
    deployment = Deployment.start(deployment.directory(), settings);
    cloud = new Cloud(deployment, ZoneId.of("Asia/Shanghai"));
    deployment.settle();
    assertThat(mails()).isEqualTo(already + 1 + most);
    for (String account : ACCOUNTS) {
      assertThat(cloud.items(Service.NOTIFICATION, account, "messages"))
          .filteredOn(message -> message.at("/kind").asString().equals(kind))
          .hasSize(1);
    }
    // Both reachable accounts have it under one Message-ID each.
    assertThat(distinctMails()).isEqualTo(distinctBefore + 2);
  }

  private int mails() {
    return mail.received("one@example.com").size() + mail.received("three@example.com").size();
  }

  private long distinctMails() {
    return mail.received("one@example.com").stream().distinct().count()
        + mail.received("three@example.com").stream().distinct().count();
  }

  @Test
  @Order(5)
  void theRelocationHappensOnceItsDaysHaveRun() {
    cloud.advanceTo("2026-03-08T23:59:59");
    assertRefused(relocate(), "gate-shut");
    cloud.advanceTo("2026-03-09T00:00");
    assertThat(Cloud.done(relocate()).text("/at")).isEqualTo("2026-03-08T16:00:00Z");
    assertThat(commands()).contains("RELOCATE");
  }

  @Test
  @Order(6)
  void theFreeProductBecomesChargeableOnceItsDaysHaveRun() {
    String notice = notice("FREE_BECOMES_CHARGEABLE");
    cloud.advanceTo("2026-03-11T23:59:59");
    assertRefused(charge(notice), "gate-shut");
    cloud.advanceTo("2026-03-12T00:00");
    assertThat(charge(notice).status()).isEqualTo(201);
    assertThat(prices()).isEqualTo(2);
    Audits.areGreen(deployment);
  }
}
