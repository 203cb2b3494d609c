package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.InstanceId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.notification.testing.ServiceTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Publishes notices of actions, each test on a day of its own. */
abstract class NoticeTest extends ServiceTest {

  static final BillingCalendar CALENDAR = BillingCalendar.SHANGHAI;

  /** 15:00 of the next local day, so that each test has a day of its own. */
  static LocalDate nextAfternoon() {
    LocalDate date = CALENDAR.dateOf(now()).plusDays(1);
    stepTo(CALENDAR.at(date, LocalTime.of(15, 0)));
    return date;
  }

  /** A notice of an action; {@code more} is further fields. */
  static String body(String kind, String action, Instant effectAt, String more) {
    return """
    {"kind":"%s","action":%s,"effectAt":"%s",%s
     "texts":{"en":{"title":"We move","body":"Rack 7 moves."},"zh":{"title":"搬迁","body":"机架 7 搬迁。"}}}
    """
        .formatted(kind, action, effectAt, more);
  }

  /** The instances of these accounts are moved. */
  static String relocation(Instant effectAt, AccountId... accounts) {
    return body("RELOCATION", relocated(accounts), effectAt, "");
  }

  static String relocated(AccountId... accounts) {
    return "{\"type\":\"RELOCATION\",\"instances\":["
        + Stream.of(accounts)
            .map(account -> "\"i-" + account + "\"")
            .collect(Collectors.joining(","))
        + "]}";
  }

  static String setOff(Instant effectAt, AccountId account) {
    return body("SET_OFF", "{\"type\":\"SET_OFF\",\"account\":\"" + account + "\"}", effectAt, "");
  }

  static String ofProduct(String type, ProductId product, String more) {
    return "{\"type\":\"%s\",\"product\":\"%s\"%s}".formatted(type, product, more);
  }

  static ProductId freshProduct() {
    return ProductId.of("p-" + UUID.randomUUID());
  }

  /** A new account with an instance of a product, which is called after it. */
  static AccountId user(ProductId product, String... emails) {
    AccountId account = world.openAccount(now(), emails);
    begin(account, product);
    return account;
  }

  static void begin(AccountId account, ProductId product) {
    world.publish(
        new AccountEvent.InstanceRegistered(
            account, InstanceId.of("i-" + account), product, now(), new RuleId("C7.1")));
  }

  static void end(AccountId account, ProductId product) {
    world.publish(
        new AccountEvent.InstanceReleased(
            account, InstanceId.of("i-" + account), product, "asked", now(), new RuleId("C7.1")));
  }

  static Answer publish(String body) {
    return service.operator().post("/v1/notices", body);
  }

  static String published(String body) {
    Answer answer = publish(body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.text("/notice/id");
  }

  static String announcements() {
    return service.nobody().get("/v1/announcements").body().at("/items").toString();
  }

  /** Else every account that another test opens would see it. */
  static void withdraw(String notice) {
    assertThat(
            service
                .operator()
                .post("/v1/notices/" + notice + "/withdrawal", "{\"reason\":\"a test\"}")
                .status())
        .isEqualTo(200);
    assertThat(announcements()).doesNotContain(notice);
  }

  static Answer notice(String id) {
    return service.operator().get("/v1/notices/" + id);
  }

  static String state(String id) {
    return notice(id).text("/notice/state");
  }

  static void stepDaily(Instant to) {
    for (Instant at = CALENDAR.dayOf(now()).end(); at.isBefore(to); at = next(at)) {
      stepTo(at);
    }
    stepTo(to);
  }

  private static Instant next(Instant at) {
    return CALENDAR.dayOf(at).end();
  }
}
