package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.notification.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class GatesIT extends ServiceTest {

  private static final BillingCalendar CALENDAR = BillingCalendar.SHANGHAI;

  /** 15:00 of the next local day, so that each test has a day of its own. */
  private static LocalDate nextAfternoon() {
    LocalDate date = CALENDAR.dateOf(now()).plusDays(1);
    stepTo(CALENDAR.at(date, LocalTime.of(15, 0)));
    return date;
  }

  /** A notice of an action; {@code more} is further fields. */
  private static String body(String kind, String action, Instant effectAt, String more) {
    return """
    {"kind":"%s","action":%s,"effectAt":"%s",%s
     "texts":{"en":{"title":"We move","body":"Rack 7 moves."},"zh":{"title":"搬迁","body":"机架 7 搬迁。"}}}
    """
        .formatted(kind, action, effectAt, more);
  }

  /** The instances of these accounts are moved. */
  private static String relocation(Instant effectAt, AccountId... accounts) {
    return body("RELOCATION", relocated(accounts), effectAt, "");
  }

  private static String relocated(AccountId... accounts) {
    return "{\"type\":\"RELOCATION\",\"instances\":["
        + Stream.of(accounts)
            .map(account -> "\"i-" + account + "\"")
            .collect(Collectors.joining(","))
        + "]}";
  }

  private static String setOff(Instant effectAt, AccountId account) {
    return body("SET_OFF", "{\"type\":\"SET_OFF\",\"account\":\"" + account + "\"}", effectAt, "");
  }

  private static String ofProduct(String type, ProductId product, String more) {
    return "{\"type\":\"%s\",\"product\":\"%s\"%s}".formatted(type, product, more);
  }

  private static ProductId freshProduct() {
    return ProductId.of("p-" + UUID.randomUUID());
  }

  /** A new account with an instance of a product, which is called after it. */
  private static AccountId user(ProductId product, String... emails) {
    AccountId account = world.openAccount(now(), emails);
    begin(account, product);
    return account;
  }

  private static void begin(AccountId account, ProductId product) {
    world.publish(
        new AccountEvent.InstanceRegistered(
            account, InstanceId.of("i-" + account), product, now(), new RuleId("C7.1")));
  }

  private static void end(AccountId account, ProductId product) {
    world.publish(
        new AccountEvent.InstanceReleased(
            account, InstanceId.of("i-" + account), product, "asked", now(), new RuleId("C7.1")));
  }

  private static Answer publish(String body) {
    return service.operator().post("/v1/notices", body);
  }

  private static String published(String body) {
    Answer answer = publish(body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.text("/notice/id");
  }

  private static Answer notice(String id) {
    return service.operator().get("/v1/notices/" + id);
  }

  private static String state(String id) {
    return notice(id).text("/notice/state");
  }

  private static void stepDaily(Instant to) {
    for (Instant at = CALENDAR.dayOf(now()).end(); at.isBefore(to); at = next(at)) {
      stepTo(at);
    }
    stepTo(to);
  }

  private static Instant next(Instant at) {
    return CALENDAR.dayOf(at).end();
  }

  @Test
  void anEffectTooEarlyIsRefusedAndTheRefusalNamesTheEarliestLawfulTime() {
    AccountId account = user(freshProduct());
    awaitSettled();
    LocalDate delivered = nextAfternoon();
    Instant earliest = CALENDAR.startOf(delivered.plusDays(8));
    Instant sevenTimes24Hours = CALENDAR.at(delivered.plusDays(7), LocalTime.of(15, 0));

    Answer refused = publish(relocation(sevenTimes24Hours, account));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("lead-too-short");
    assertThat(refused.text("/earliestLawful")).isEqualTo(earliest.toString());
    assertThat(refused.text("/rule")).isEqualTo("C3.2.8");
    assertThat(publish(relocation(earliest, account)).status()).isEqualTo(201);
  }

  @Test
  void aGateOpensWhenItsDaysHaveRunAndTellsSoInOrder() {
    AccountId one = user(freshProduct());
    AccountId two = user(freshProduct());
    awaitSettled();
    Instant earliest = CALENDAR.startOf(nextAfternoon().plusDays(8));
    Instant asked = earliest.plusSeconds(3_600);
    String id = published(relocation(asked, one, two));
    awaitMessages(one, 1);
    awaitMessages(two, 1);
    stepDaily(earliest.minusSeconds(1));
    assertThat(state(id)).isEqualTo("PUBLISHED");
    assertThat(notice(id).text("/notice/opensAt")).isEqualTo(earliest.toString());

    stepTo(earliest);
    assertThat(state(id)).isEqualTo("MATURED");
    assertThat(notice(id).text("/notice/effectAt")).isEqualTo(asked.toString());
    List<NoticeEvent> told = World.told(id);
    assertThat(told).hasSize(2);
    assertThat(told.getFirst())
        .isInstanceOfSatisfying(
            NoticeEvent.NoticePublished.class,
            event -> {
              assertThat(event.action())
                  .isEqualTo(
                      new GateAction.Relocation(
                          Set.of(InstanceId.of("i-" + one), InstanceId.of("i-" + two))));
              assertThat(event.leadDays()).isEqualTo(7);
              assertThat(event.effectAt()).isEqualTo(asked);
            });
    assertThat(told.getLast())
        .isInstanceOfSatisfying(
            NoticeEvent.NoticeMatured.class,
            event -> {
              assertThat(event.effectAt()).isEqualTo(asked);
              assertThat(event.at()).isEqualTo(earliest);
            });
  }

  @Test
  void whenOneRecipientCannotBeReachedTheGateWaitsAndTheEffectSlips() throws SQLException {
    AccountId reached = user(freshProduct());
    AccountId late = user(freshProduct());
    awaitSettled();
    LocalDate date = nextAfternoon();
    Instant asked = CALENDAR.startOf(date.plusDays(8));
    String id;
    try (Connection blocking = service.bean(DataSource.class).getConnection()) {
      blocking.setAutoCommit(false);
      try (var lock =
          blocking.prepareStatement(
              "select 1 from account where account_id = ? for no key update")) {
        lock.setString(1, late.value());
        lock.executeQuery();
        id = published(relocation(asked, reached, late));
        service.step(CALENDAR.at(date.plusDays(9), LocalTime.of(10, 0)).toString());
        assertThat(state(id)).isEqualTo("PUBLISHED");
        assertThat(notice(id).text("/notice/opensAt")).isEmpty();
      } finally {
        blocking.rollback();
        blocking.setAutoCommit(true);
      }
    }
    awaitMessages(late, 1);
    awaitSettled();
    Instant slipped = CALENDAR.startOf(date.plusDays(17));
    assertThat(state(id)).isEqualTo("PUBLISHED");
    assertThat(notice(id).text("/notice/opensAt")).isEqualTo(slipped.toString());
    stepDaily(slipped);
    assertThat(state(id)).isEqualTo("MATURED");
    assertThat(notice(id).text("/notice/effectAt")).isEqualTo(slipped.toString());
  }

  @Test
  void theProofSaysToWhomWhenDeliveredSentAndRead() {
    ProductId product = freshProduct();
    AccountId account = user(product, "proof@example.com");
    awaitSettled();
    LocalDate date = nextAfternoon();
    String id =
        published(
            body(
                "TERMS_CHANGE",
                ofProduct("TERMS", product, ",\"document\":\"terms-2\""),
                CALENDAR.startOf(date.plusDays(31)),
                ""));
    awaitMessages(account, 1);
    await().atMost(LIMIT).until(() -> smtp.received("proof@example.com").size() == 1);
    awaitSettled();
    service.customer(account).post(messages(account) + "/1/answer", "{\"answer\":\"REJECT\"}");

    Answer proof = service.operator().get("/v1/notices/" + id + "/proof");
    String at = CALENDAR.at(date, LocalTime.of(15, 0)).toString();
    assertThat(proof.body().at("/items").size()).isEqualTo(1);
    assertThat(proof.text("/items/0/account")).isEqualTo(account.value());
    assertThat(proof.text("/items/0/deliveredAt")).isEqualTo(at);
    assertThat(proof.text("/items/0/readAt")).isEqualTo(at);
    assertThat(proof.text("/items/0/answer")).isEqualTo("REJECT");
    assertThat(proof.text("/items/0/emails/0/address")).isEqualTo("proof@example.com");
    assertThat(proof.text("/items/0/emails/0/state")).isEqualTo("SENT");
    assertThat(proof.text("/items/0/emails/0/sentAt")).isEqualTo(at);
    assertThat(proof.text("/items/0/emails/0/messageId"))
        .isEqualTo(smtp.received("proof@example.com").getFirst().messageId());
    assertThat(notice(id).text("/progress/read")).isEqualTo("1");
    assertThat(
            service
                .customer(account)
                .post(messages(account) + "/1/answer", "{\"answer\":\"ACCEPT\"}")
                .problem())
        .isEqualTo("already-answered");
    assertThat(
            service
                .customer(account)
                .get("/v1/accounts/" + account + "/audit-trail")
                .text("/items/0/what"))
        .isEqualTo("answered: REJECT");
  }

  @Test
  void aWithdrawnNoticeNeverMatures() {
    AccountId account = user(freshProduct());
    awaitSettled();
    LocalDate date = nextAfternoon();
    String id = published(relocation(CALENDAR.startOf(date.plusDays(8)), account));
    awaitMessages(account, 1);
    String path = "/v1/notices/" + id + "/withdrawal";
    Answer withdrawn = service.operator().post(path, "{\"reason\":\"no move\"}");
    assertThat(withdrawn.text("/notice/state")).isEqualTo("WITHDRAWN");
    assertThat(service.operator().post(path, "{\"reason\":\"again\"}").problem())
        .isEqualTo("notice-settled");
    stepDaily(CALENDAR.startOf(date.plusDays(9)));
    assertThat(state(id)).isEqualTo("WITHDRAWN");
    assertThat(inbox(account).body().at("/items/0/withdrawn").asBoolean(false)).isTrue();
    assertThat(World.told(id))
        .satisfiesExactly(
            first -> assertThat(first).isInstanceOf(NoticeEvent.NoticePublished.class),
            second -> assertThat(second).isInstanceOf(NoticeEvent.NoticeWithdrawn.class));
  }

  @Test
  void whoeverOpensAnAccountLaterSeesAtItsOpeningWhatIsAhead() {
    AccountId moved = user(freshProduct());
    awaitSettled();
    LocalDate date = nextAfternoon();
    Instant asked = CALENDAR.startOf(date.plusDays(12));
    String all =
        published(body("RELOCATION", relocated(moved), asked, "\"audience\":{\"type\":\"ALL\"},"));
    awaitSettled();
    AccountId whileShut = world.openAccount(now());
    awaitMessages(whileShut, 1);
    stepDaily(CALENDAR.startOf(date.plusDays(9)));
    assertThat(state(all)).isEqualTo("MATURED");
    AccountId onceOpen = world.openAccount(now());
    awaitMessages(onceOpen, 1);
    stepDaily(asked);
    AccountId afterTheEffect = world.openAccount(now(), "late@example.com");
    awaitSettled();
    awaitMessages(afterTheEffect, 0);
    assertThat(announcements())
        .as("what moves for one account is not for the public")
        .doesNotContain(all);
  }

  /** Whoever still owes for a product is bound by its terms, with an instance of it or without. */
  @Test
  void whoeverHadTheProductIsToldOfItsTermsAndWhoeverHasItOfItsPrice() {
    ProductId product = freshProduct();
    AccountId user = user(product);
    AccountId former = user(product);
    AccountId stranger = world.openAccount(now());
    end(former, product);
    awaitMessages(former, 1);
    awaitSettled();
    Instant effectAt = CALENDAR.startOf(nextAfternoon().plusDays(31));
    Answer policy =
        publish(
            body(
                "TERMS_CHANGE",
                ofProduct(
                    "POLICY",
                    product,
                    ",\"name\":\"penalty.rate\",\"level\":\"PRICE_APPENDIX\",\"value\":\"0.002\""),
                effectAt,
                ""));
    assertThat(policy.text("/recipients")).as(policy.toString()).isEqualTo("2");
    awaitMessages(former, 2);
    awaitMessages(user, 1);
    Answer price =
        publish(
            body(
                "FREE_BECOMES_CHARGEABLE",
                ofProduct("PRICE", product, ",\"version\":2"),
                effectAt,
                ""));
    assertThat(price.text("/recipients")).isEqualTo("1");
    awaitMessages(user, 2);
    awaitSettled();
    awaitMessages(former, 2);
    awaitMessages(stranger, 0);
    withdraw(policy.text("/notice/id"));
  }

  @Test
  void whatIsAboutOneAccountIsNeverAnnounced() {
    AccountId account = world.openAccount(now());
    awaitSettled();
    Instant effectAt = CALENDAR.startOf(nextAfternoon().plusDays(31));
    String all = "\"audience\":{\"type\":\"ALL\"},";
    String toAll = setOff(effectAt, account).replace("\"texts\"", all + "\"texts\"");
    Answer refused = publish(toAll.replace("\"texts\"", "\"announced\":true,\"texts\""));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("/detail")).contains("a SET_OFF notice is no public announcement");
    String marketing =
        "{\"kind\":\"MARKETING\","
            + all
            + "%s\"texts\":{\"en\":{\"title\":\"t\",\"body\":\"b\"},\"zh\":{\"title\":\"t\",\"body\":\"b\"}}}";
    assertThat(publish(marketing.formatted("\"announced\":true,")).text("/detail"))
        .contains("a MARKETING notice is no public announcement");
  }

  @Test
  void aProductsUsersAreConcernedWhileTheirInstanceRuns() {
    ProductId product = freshProduct();
    AccountId user = user(product);
    AccountId former = user(product);
    AccountId stranger = world.openAccount(now());
    end(former, product);
    awaitMessages(former, 1);
    awaitSettled();
    LocalDate date = nextAfternoon();
    Answer answer =
        publish(
            body(
                "DISCONTINUATION",
                ofProduct("DISCONTINUATION", product, ""),
                CALENDAR.startOf(date.plusDays(31)),
                ""));
    assertThat(answer.text("/recipients")).isEqualTo("1");
    awaitMessages(user, 1);
    awaitSettled();
    awaitMessages(former, 1);
    awaitMessages(stranger, 0);

    begin(stranger, product);
    awaitMessages(stranger, 1);
  }

  @Test
  void aLongerLeadIsAPolicyAndAShorterOneIsRefused() {
    AccountId account = world.openAccount(now());
    awaitSettled();
    LocalDate date = nextAfternoon();
    String row =
        """
        {"name":"notice.lead-days.set-off","level":"SPECIAL_TERMS","value":"%s","effectiveFrom":"%s",
         "reason":"agreed"}
        """;
    assertThat(
            service
                .operator()
                .post("/v1/policies", row.formatted("-1", now().plusSeconds(1)))
                .problem())
        .isEqualTo("invalid-request");
    Answer entered = service.operator().post("/v1/policies", row.formatted("3", now()));
    assertThat(entered.status()).as(entered.toString()).isEqualTo(201);
    assertThat(service.operator().get("/v1/policies").body().toString())
        .contains("\"name\":\"notice.lead-days.set-off\",\"value\":\"3\"");
    Answer refused = publish(setOff(now().plusSeconds(60), account));
    assertThat(refused.text("/earliestLawful"))
        .isEqualTo(CALENDAR.startOf(date.plusDays(4)).toString());
    Answer shorter =
        service.operator().post("/v1/policies", row.formatted("2", now().plusSeconds(60)));
    assertThat(shorter.problem()).isEqualTo("gate-needed");
    assertThat(shorter.text("/rule")).isEqualTo("C3.2.10");
  }

  @Test
  void theSameRequestSentTwiceIsOneNotice() {
    AccountId account = world.openAccount(now());
    awaitSettled();
    String body = setOff(now().plusSeconds(3_600 * 24 * 9), account);
    String key = UUID.randomUUID().toString();
    Answer first = service.operator().post("/v1/notices", body, key);
    Answer again = service.operator().post("/v1/notices", body, key);
    assertThat(again.text("/notice/id")).isNotEmpty().isEqualTo(first.text("/notice/id"));
    assertThat(
            service.operator().post("/v1/notices", body.replace("Rack 7", "Rack 8"), key).problem())
        .isEqualTo("idempotency-key-reused");
    awaitMessages(account, 1);
  }

  private static String announcements() {
    return service.nobody().get("/v1/announcements").body().at("/items").toString();
  }

  @Test
  void everybodyWhomAnActionTouchesIsToldAndAnOperatorCanOnlyAddOthers() {
    ProductId product = freshProduct();
    AccountId user = user(product);
    AccountId added = world.openAccount(now());
    AccountId stranger = world.openAccount(now());
    awaitSettled();
    Instant effectAt = CALENDAR.startOf(nextAfternoon().plusDays(31));
    Answer answer =
        publish(
            body(
                "FREE_BECOMES_CHARGEABLE",
                ofProduct("PRICE", product, ",\"version\":2"),
                effectAt,
                "\"audience\":{\"type\":\"ACCOUNTS\",\"accounts\":[\"" + added + "\"]},"));
    assertThat(answer.text("/recipients")).isEqualTo("2");
    assertThat(answer.text("/notice/action/version")).isEqualTo("2");
    awaitMessages(user, 1);
    awaitMessages(added, 1);
    awaitMessages(stranger, 0);

    assertThat(publish(relocation(effectAt, user)).text("/recipients")).isEqualTo("1");
    assertThat(publish(setOff(effectAt, stranger)).text("/recipients")).isEqualTo("1");
    awaitMessages(user, 2);
    awaitMessages(stranger, 1);
    String transfer =
        published(
            body(
                "AGREEMENT_TRANSFER",
                "{\"type\":\"TRANSFER\",\"affiliate\":\"subsidiary\"}",
                effectAt,
                "\"audience\":{\"type\":\"ACCOUNTS\",\"accounts\":[\"" + added + "\"]},"));
    String policy =
        published(
            body(
                "TERMS_CHANGE",
                "{\"type\":\"POLICY\",\"name\":\"penalty.rate\",\"level\":\"PRICE_APPENDIX\",\"value\":\"0.002\"}",
                effectAt,
                ""));
    awaitMessages(user, 4);
    awaitMessages(added, 3);
    awaitMessages(stranger, 3);
    for (String notice : List.of(transfer, policy)) {
      assertThat(announcements()).contains(notice);
      withdraw(notice);
    }
  }

  /** Else every account that another test opens would see it. */
  private static void withdraw(String notice) {
    assertThat(
            service
                .operator()
                .post("/v1/notices/" + notice + "/withdrawal", "{\"reason\":\"a test\"}")
                .status())
        .isEqualTo(200);
    assertThat(announcements()).doesNotContain(notice);
  }

  @Test
  void whatNobodyKnowsIsRefusedByItsName() {
    AccountId account = world.openAccount(now());
    awaitSettled();
    Instant effectAt = CALENDAR.startOf(nextAfternoon().plusDays(31));
    for (String kind : List.of("DISCONTINUATION", "FREE_BECOMES_CHARGEABLE")) {
      String type = kind.equals("DISCONTINUATION") ? kind : "PRICE";
      Answer refused =
          publish(
              body(
                  kind,
                  ofProduct(
                      type, ProductId.of("no-such"), type.equals("PRICE") ? ",\"version\":2" : ""),
                  effectAt,
                  ""));
      assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
      assertThat(refused.text("/detail"))
          .isEqualTo("action: product no-such is unknown: no account has had an instance of it");
    }
    assertThat(publish(relocation(effectAt, account)).text("/detail"))
        .isEqualTo("action: instance i-" + account + " is unknown, or released");
    assertThat(publish(setOff(effectAt, AccountId.of("no-such"))).text("/detail"))
        .isEqualTo("action: account no-such is unknown");
    String added =
        setOff(effectAt, account)
            .replace(
                "\"texts\"",
                "\"audience\":{\"type\":\"ACCOUNTS\",\"accounts\":[\"nobody\"]},\"texts\"");
    assertThat(publish(added).text("/detail")).isEqualTo("audience: account nobody is unknown");
  }

  @Test
  void aNoticeAnnouncesAnActionOfItsOwnKindOnly() {
    AccountId account = world.openAccount(now());
    awaitSettled();
    Instant effectAt = CALENDAR.startOf(nextAfternoon().plusDays(31));
    Answer other =
        publish(
            setOff(effectAt, account).replace("\"kind\":\"SET_OFF\"", "\"kind\":\"RELOCATION\""));
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.text("/detail"))
        .contains("set-off on account " + account, "a notice of kind SET_OFF, not RELOCATION");
    Answer none =
        publish(
            setOff(effectAt, account)
                .replace(
                    "\"action\":{\"type\":\"SET_OFF\",\"account\":\"" + account + "\"}",
                    "\"audience\":{\"type\":\"ALL\"}"));
    assertThat(none.text("/detail")).contains("names the very action");
  }

  @Test
  void aClauseThatNamesTheWebsiteIsAnnouncedToThePublicAndTheGateWaitsForThat() {
    ProductId product = freshProduct();
    AccountId user = user(product);
    awaitSettled();
    LocalDate date = nextAfternoon();
    Instant effectAt = CALENDAR.startOf(date.plusDays(31));
    String action = ofProduct("DISCONTINUATION", product, "");
    Answer secret = publish(body("DISCONTINUATION", action, effectAt, "\"announced\":false,"));
    assertThat(secret.status()).isEqualTo(400);
    assertThat(secret.text("/detail")).contains("announced publicly as well (C7.4.4)");
    String announced = published(body("DISCONTINUATION", action, effectAt, ""));
    String lost = published(body("DISCONTINUATION", action, effectAt, ""));
    assertThat(announcements()).contains(announced);
    service
        .bean(JdbcClient.class)
        .sql("delete from announcement where notice_id = ?")
        .param(lost)
        .update();
    awaitMessages(user, 2);
    stepTo(effectAt);
    assertThat(state(announced)).isEqualTo("MATURED");
    assertThat(state(lost)).isEqualTo("PUBLISHED");
  }

  /** A product that is known and that nobody uses any more: the days run all the same. */
  @Test
  void whereNobodyIsLeftToTellThePublicIsTold() {
    ProductId product = freshProduct();
    AccountId former = user(product);
    end(former, product);
    awaitSettled();
    LocalDate date = nextAfternoon();
    Instant effectAt = CALENDAR.startOf(date.plusDays(11));
    Answer answer =
        publish(
            body(
                "FREE_BECOMES_CHARGEABLE",
                ofProduct("PRICE", product, ",\"version\":2"),
                effectAt,
                ""));
    String id = answer.text("/notice/id");
    assertThat(answer.text("/recipients")).isEqualTo("0");
    assertThat(announcements()).contains(id);
    stepTo(effectAt.minusSeconds(1));
    assertThat(state(id)).isEqualTo("PUBLISHED");
    stepTo(effectAt);
    assertThat(state(id)).isEqualTo("MATURED");
  }
}
