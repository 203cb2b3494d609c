package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.notification.testing.World;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When a gate opens: after the last delivery and the whole lead, and never once withdrawn. */
class GatesIT extends NoticeTest {

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
