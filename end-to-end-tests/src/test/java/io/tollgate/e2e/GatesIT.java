package io.tollgate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.MailServer;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.standalone.Service;
import io.tollgate.support.FaultPoint;
import io.tollgate.testing.Await;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Notices with a lead and what may not happen before them (section 14): published on 1 March 15:00
 * Shanghai time to three accounts, one of whose addresses bounces, by a process that is killed
 * while it sends mail.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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
  private int mailsOfCrashes;
  private Deployment deployment;
  private Cloud cloud;

  @BeforeAll
  void start() {
    mail = MailServer.start("bounced@example.com");
    Settings settings =
        Settings.startingAt(Instant.parse("2026-03-01T00:00:00Z"))
            .with("TOLLGATE_SMTP_PORT", "" + mail.port());
    deployment = Deployment.freshToDieAt(FaultPoint.EMAIL_AFTER_CLAIM.at(1), "gates", settings);
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
      cloud.contact(account, account + "@example.com");
    }
    cloud.advanceTo("2026-03-01T15:00");
  }

  @AfterAll
  void stop() throws IOException {
    deployment.close();
    mail.close();
  }

  private Answer publish(String kind, String action, String effectAt) {
    return deployment
        .operator(Service.NOTIFICATION)
        .post(
            "/v1/notices",
            """
            {'kind':'%s','action':%s,'effectAt':'%s',
             'audience':{'type':'ACCOUNTS','accounts':['one','bounced','three']},
             'texts':{'en':{'title':'Ahead','body':'It changes.'},
                      'zh':{'title':'预告','body':'将有变更。'}}}
            """
                .formatted(kind, action, effectAt));
  }

  /** Asks too early, is told the earliest lawful time, and is accepted then. */
  private void gate(String kind, String action, String tooEarly, String earliest) {
    Answer refused = publish(kind, action, tooEarly);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text("/type")).endsWith("/lead-too-short");
    assertThat(refused.text("/earliestLawful")).isEqualTo(earliest);
    notices.put(kind, Cloud.done(publish(kind, action, earliest)).text("/notice/id"));
  }

  private String notice(String kind) {
    return Objects.requireNonNull(notices.get(kind), kind);
  }

  private Answer relocate() {
    return deployment
        .operator(Service.ACCOUNT)
        .post("/v1/instances/one/relocation", "{'notice':'%s'}".formatted(notice("RELOCATION")));
  }

  private static String policy(String level) {
    return "{'type':'POLICY','name':'penalty.rate','level':'%s','value':'0.002'}".formatted(level);
  }

  private Answer changeTerms(String notice) {
    return changeTerms("GENERAL_TERMS", ",'notice':'" + notice + "'");
  }

  private Answer changeTerms(String level, String notice) {
    return deployment
        .operator(Service.BILLING)
        .post(
            "/v1/policies",
            """
            {'name':'penalty.rate','level':'%s','value':'0.002',
             'effectiveFrom':'2026-03-31T16:00:00Z','reason':'new terms'%s}
            """
                .formatted(level, notice));
  }

  /** The penalty's rate in force now, and which level of the agreement says so. */
  private String penaltyRate() {
    return Cloud.done(deployment.operator(Service.BILLING).get("/v1/policies"))
        .body()
        .valueStream()
        .filter(policy -> policy.at("/name").asString().equals("penalty.rate"))
        .map(policy -> policy.at("/value").asString() + " " + policy.at("/level").asString())
        .findFirst()
        .orElseThrow();
  }

  private String named(String kind) {
    return ",'notice':'" + notice(kind) + "'";
  }

  /** The service of an instance ends because its product is discontinued (C7.4.4). */
  private Answer discontinue(String notice) {
    return deployment
        .operator(Service.ACCOUNT)
        .post(
            "/v1/instances/three/termination",
            "{'reason':'discontinued','rule':'C7.4.4'" + notice + "}");
  }

  private Answer charge(String notice) {
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

  private static void assertRefused(Answer answer, String slug) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
    assertThat(answer.text("/type")).endsWith("/" + slug);
  }

  /** Every chapter begins where the one before has left the notices. */
  @Test
  void noGateOpensBeforeItsNoticeAndItsDays() {
    whoIsKilledWhileSendingTellsOnceInStationAndUnderOneMessageId();
    anEffectBeforeTheDaysHaveRunIsRefused();
    everybodyIsToldOnceInStationEvenWhenAnAddressBounces();
    goingRoundTheGateIsRefused();
    theRelocationHappensOnceItsDaysHaveRun();
    theFreeProductBecomesChargeableOnceItsDaysHaveRun();
    theNewTermsApplyOnceTheirDaysHaveRun();
  }

  /** In-station never depends on the crash; the e-mail is sent again under its Message-ID. */
  private void whoIsKilledWhileSendingTellsOnceInStationAndUnderOneMessageId() {
    dieOver("SET_OFF");
    assertThat(mails()).as("nothing was sent when it died").isZero();
    // It sends the three that were claimed, and dies over the first of the next notice.
    deployment.startAgainToDieAt(FaultPoint.EMAIL_AFTER_SEND.at(4));
    deployment.settle();
    assertThat(mails()).isEqualTo(2);
    dieOver("AGREEMENT_TRANSFER");
    int whenItDied = mails();
    assertThat(whenItDied).as("one was sent when it died, unless it bounced").isBetween(2, 3);
    deployment.startAgain();
    deployment.settle();

    mailsOfCrashes = mails();
    assertThat(mailsOfCrashes).as("that one was sent twice").isEqualTo(whenItDied + 2);
    for (String address : List.of("one@example.com", "three@example.com")) {
      assertThat(mail.received(address).stream().distinct()).hasSize(2);
    }
    for (String account : ACCOUNTS) {
      assertThat(told(account))
          .containsExactlyInAnyOrder(
              "2026-03-01T07:00:00Z SET_OFF", "2026-03-01T07:00:00Z AGREEMENT_TRANSFER");
    }
    // The three of a notice are claimed together, so of each of them the outcome was unknown.
    Answer uncertain =
        deployment.operator(Service.NOTIFICATION).get("/v1/deliveries?outcome=UNCERTAIN");
    assertThat(uncertain.body().at("/items").valueStream().map(one -> one.at("/state").asString()))
        .containsExactlyInAnyOrder("SENT", "SENT", "FAILED", "SENT", "SENT", "FAILED");
  }

  private void dieOver(String kind) {
    String action =
        kind.equals("SET_OFF")
            ? "{'type':'SET_OFF','account':'one'}"
            : "{'type':'TRANSFER','affiliate':'subsidiary'}";
    assertThat(publish(kind, action, "2026-04-30T16:00:00Z").status()).isEqualTo(201);
    var unused = Await.until(LIMIT, () -> deployment.isAlive(), alive -> !alive);
    assertThat(deployment.exitValue()).isEqualTo(137);
  }

  private List<String> told(String account) {
    return new Lives(deployment, cloud).told(account);
  }

  private int mails() {
    return mail.received("one@example.com").size() + mail.received("three@example.com").size();
  }

  /** 7, 10 and 30 whole days: the 9th, the 12th and 1 April, each at 00:00 local. */
  private void anEffectBeforeTheDaysHaveRunIsRefused() {
    gate(
        "RELOCATION",
        "{'type':'RELOCATION','instances':['one']}",
        "2026-03-08T07:00:00Z",
        "2026-03-08T16:00:00Z");
    gate(
        "FREE_BECOMES_CHARGEABLE",
        "{'type':'PRICE','product':'gift','version':2}",
        "2026-03-11T07:00:00Z",
        "2026-03-11T16:00:00Z");
    gate("TERMS_CHANGE", policy("GENERAL_TERMS"), "2026-03-31T07:00:00Z", "2026-03-31T16:00:00Z");
    deployment.settle();
  }

  private void everybodyIsToldOnceInStationEvenWhenAnAddressBounces() {
    for (String account : ACCOUNTS) {
      assertThat(told(account))
          .containsExactlyInAnyOrder(
              "2026-03-01T07:00:00Z SET_OFF",
              "2026-03-01T07:00:00Z AGREEMENT_TRANSFER",
              "2026-03-01T07:00:00Z RELOCATION",
              "2026-03-01T07:00:00Z FREE_BECOMES_CHARGEABLE",
              "2026-03-01T07:00:00Z TERMS_CHANGE");
    }
    assertThat(mails()).as("three more to each of two").isEqualTo(mailsOfCrashes + 6);
    assertThat(mail.received("one@example.com").stream().distinct()).hasSize(5);
    assertThat(mail.received("three@example.com").stream().distinct()).hasSize(5);
    assertThat(mail.received("bounced@example.com")).isEmpty();
    Answer failed = deployment.operator(Service.NOTIFICATION).get("/v1/deliveries");
    assertThat(failed.body().at("/items").valueStream())
        .hasSize(5)
        .allMatch(one -> one.at("/address").asString().equals("bounced@example.com"));
  }

  private void goingRoundTheGateIsRefused() {
    assertRefused(relocate(), "gate-shut");
    assertRefused(charge(notice("FREE_BECOMES_CHARGEABLE")), "gate-shut");
    assertRefused(charge(notice("RELOCATION")), "gate-mismatch");
    assertRefused(charge("no-such-notice"), "gate-unknown");
    Answer unnamed =
        deployment
            .operator(Service.BILLING)
            .post("/v1/products/gift/prices", CHARGEABLE.replace("'notice':'%s',", ""));
    assertRefused(unnamed, "gate-needed");
    assertRefused(changeTerms(notice("TERMS_CHANGE")), "gate-shut");
    assertRefused(changeTerms(notice("RELOCATION")), "gate-mismatch");
    for (String level :
        List.of(
            "MAIN_AGREEMENT", "PRICE_APPENDIX", "ORDER_PAGE", "SPECIAL_TERMS", "GENERAL_TERMS")) {
      assertRefused(changeTerms(level, ""), "gate-needed");
    }
    assertRefused(changeTerms("MAIN_AGREEMENT", named("TERMS_CHANGE")), "gate-mismatch");
    assertRefused(discontinue(""), "gate-needed");
    assertRefused(discontinue(named("RELOCATION")), "gate-mismatch");
    assertThat(prices()).isEqualTo(1);
    assertThat(penaltyRate()).isEqualTo("0.001 DEFAULT");
    assertThat(commands()).doesNotContain("RELOCATE");
  }

  private void theRelocationHappensOnceItsDaysHaveRun() {
    cloud.advanceTo("2026-03-08T23:59:59");
    assertRefused(relocate(), "gate-shut");
    cloud.advanceTo("2026-03-09T00:00");
    assertThat(Cloud.done(relocate()).text("/at")).isEqualTo("2026-03-08T16:00:00Z");
    assertThat(commands()).contains("RELOCATE");
    assertRefused(relocate(), "gate-used");
  }

  private void theFreeProductBecomesChargeableOnceItsDaysHaveRun() {
    String notice = notice("FREE_BECOMES_CHARGEABLE");
    cloud.advanceTo("2026-03-11T23:59:59");
    assertRefused(charge(notice), "gate-shut");
    cloud.advanceTo("2026-03-12T00:00");
    assertThat(charge(notice).status()).isEqualTo(201);
    assertThat(charge(notice).status()).as("sent again").isEqualTo(200);
    assertThat(prices()).isEqualTo(2);
  }

  private void theNewTermsApplyOnceTheirDaysHaveRun() {
    String notice = notice("TERMS_CHANGE");
    cloud.advanceTo("2026-03-31T23:59:59");
    assertRefused(changeTerms(notice), "gate-shut");
    assertThat(penaltyRate()).isEqualTo("0.001 DEFAULT");
    cloud.advanceTo("2026-04-01T00:00");
    assertThat(changeTerms(notice).status()).isEqualTo(201);
    assertThat(penaltyRate()).isEqualTo("0.002 GENERAL_TERMS");
    assertRefused(changeTerms(notice), "gate-used");
    Audits.areGreen(deployment);
  }
}
