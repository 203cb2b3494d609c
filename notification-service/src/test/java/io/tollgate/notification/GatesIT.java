package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.notification.testing.World;
import io.tollgate.testing.User.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class GatesIT extends ServiceTest {

  private static final BillingCalendar CALENDAR = BillingCalendar.SHANGHAI;

  /** 15:00 of the next local day, so that each test has a day of its own. */
  private static LocalDate nextAfternoon() {
    LocalDate date = CALENDAR.dateOf(now()).plusDays(1);
    stepTo(CALENDAR.at(date, LocalTime.of(15, 0)));
    return date;
  }

  private static String body(String kind, Instant effectAt, AccountId... accounts) {
    return body(
        kind,
        effectAt,
        "{\"type\":\"ACCOUNTS\",\"accounts\":["
            + Stream.of(accounts)
                .map(account -> "\"" + account + "\"")
                .collect(Collectors.joining(","))
            + "]}");
  }

  private static String body(String kind, Instant effectAt, String audience) {
    return """
    {"kind":"%s","subject":"rack-7","audience":%s,"effectAt":"%s",
     "texts":{"en":{"title":"We move","body":"Rack 7 moves."},"zh":{"title":"搬迁","body":"机架 7 搬迁。"}}}
    """
        .formatted(kind, audience, effectAt);
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
    AccountId account = world.openAccount(now());
    awaitSettled();
    LocalDate delivered = nextAfternoon();
    Instant earliest = CALENDAR.startOf(delivered.plusDays(8));
    Instant sevenTimes24Hours = CALENDAR.at(delivered.plusDays(7), LocalTime.of(15, 0));

    Answer refused = publish(body("RELOCATION", sevenTimes24Hours, account));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("lead-too-short");
    assertThat(refused.text("/earliestLawful")).isEqualTo(earliest.toString());
    assertThat(refused.text("/rule")).isEqualTo("C3.2.8");
    assertThat(publish(body("RELOCATION", earliest, account)).status()).isEqualTo(201);
  }

  @Test
  void aGateOpensWhenItsDaysHaveRunAndTellsSoInOrder() {
    AccountId one = world.openAccount(now());
    AccountId two = world.openAccount(now());
    awaitSettled();
    Instant earliest = CALENDAR.startOf(nextAfternoon().plusDays(8));
    Instant asked = earliest.plusSeconds(3_600);
    String id = published(body("RELOCATION", asked, one, two));
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
              assertThat(event.subject()).isEqualTo("rack-7");
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
    AccountId reached = world.openAccount(now());
    AccountId late = world.openAccount(now());
    awaitSettled();
    LocalDate date = nextAfternoon();
    Instant asked = CALENDAR.startOf(date.plusDays(8));
    String id;
    try (Connection blocking = service.bean(DataSource.class).getConnection()) {
      blocking.setAutoCommit(false);
      try (var lock =
          blocking.prepareStatement(
              "SELECT 1 FROM account WHERE account_id = ? FOR NO KEY UPDATE")) {
        lock.setString(1, late.value());
        lock.executeQuery();
        id = published(body("RELOCATION", asked, reached, late));
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
    AccountId account = world.openAccount(now(), "proof@example.com");
    awaitSettled();
    LocalDate date = nextAfternoon();
    String id = published(body("TERMS_CHANGE", CALENDAR.startOf(date.plusDays(31)), account));
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
    AccountId account = world.openAccount(now());
    awaitSettled();
    LocalDate date = nextAfternoon();
    String id = published(body("RELOCATION", CALENDAR.startOf(date.plusDays(8)), account));
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
    LocalDate date = nextAfternoon();
    Instant asked = CALENDAR.startOf(date.plusDays(12));
    String all = published(body("RELOCATION", asked, "{\"type\":\"ALL\"}"));
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
    assertThat(service.operator().get("/v1/announcements").body().at("/items").toString())
        .contains(all);
  }

  @Test
  void aProductsUsersAreConcernedWhileTheirInstanceRuns() {
    AccountId user = world.openAccount(now());
    AccountId former = world.openAccount(now());
    AccountId stranger = world.openAccount(now());
    ProductId product = ProductId.of("p-" + UUID.randomUUID());
    RuleId rule = new RuleId("C7.1");
    for (AccountId account : List.of(user, former)) {
      world.publish(
          new AccountEvent.InstanceRegistered(
              account, InstanceId.of("i-" + account), product, now(), rule));
    }
    world.publish(
        new AccountEvent.InstanceReleased(
            former, InstanceId.of("i-" + former), product, "asked", now(), rule));
    awaitMessages(former, 1);
    awaitSettled();
    LocalDate date = nextAfternoon();
    Answer answer =
        publish(
            body(
                "DISCONTINUATION",
                CALENDAR.startOf(date.plusDays(31)),
                "{\"type\":\"PRODUCT\",\"product\":\"" + product + "\"}"));
    assertThat(answer.text("/recipients")).isEqualTo("1");
    awaitMessages(user, 1);
    awaitSettled();
    awaitMessages(former, 1);
    awaitMessages(stranger, 0);

    world.publish(
        new AccountEvent.InstanceRegistered(
            stranger, InstanceId.of("i-" + stranger), product, now(), rule));
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
    Answer refused = publish(body("SET_OFF", now().plusSeconds(60), account));
    assertThat(refused.text("/earliestLawful"))
        .isEqualTo(CALENDAR.startOf(date.plusDays(4)).toString());
  }

  @Test
  void theSameRequestSentTwiceIsOneNotice() {
    AccountId account = world.openAccount(now());
    awaitSettled();
    String body = body("SET_OFF", now().plusSeconds(3_600 * 24 * 9), account);
    String key = UUID.randomUUID().toString();
    Answer first = service.operator().post("/v1/notices", body, key);
    Answer again = service.operator().post("/v1/notices", body, key);
    assertThat(again.text("/notice/id")).isNotEmpty().isEqualTo(first.text("/notice/id"));
    assertThat(
            service.operator().post("/v1/notices", body.replace("rack-7", "rack-8"), key).problem())
        .isEqualTo("idempotency-key-reused");
    awaitMessages(account, 1);
  }
}
