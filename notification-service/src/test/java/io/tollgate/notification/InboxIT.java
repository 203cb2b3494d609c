package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.client.Answer;
import io.tollgate.client.ServiceClient;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.notification.testing.World;
import io.tollgate.testing.User;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class InboxIT extends ServiceTest {

  private static byte[] tell(Occurrence occurrence, AccountId account) {
    return occurrence
        .billing(account)
        .map(world::publish)
        .or(() -> occurrence.account(account).map(world::publish))
        .orElseThrow();
  }

  private static String topic(Occurrence occurrence, AccountId account) {
    return occurrence.billing(account).isPresent() ? Topics.BILLING_EVENTS : Topics.ACCOUNT_EVENTS;
  }

  @ParameterizedTest
  @EnumSource
  void everyOccurrenceIsToldOnceInBothLanguagesHoweverOftenItIsPublished(Occurrence occurrence) {
    AccountId account = world.openAccount(START);
    byte[] record = tell(occurrence, account);
    awaitMessages(account, 1);
    world.send(topic(occurrence, account), account.value(), record);
    world.send(topic(occurrence, account), account.value(), record);
    tell(occurrence, account);
    awaitMessages(account, 2);

    User customer = service.customer(account);
    assertThat(inbox(account).text("/items/1/title")).isEqualTo(occurrence.english(account));
    assertThat(customer.get(messages(account) + "?language=zh").text("/items/1/title"))
        .isEqualTo(occurrence.chinese(account));
    assertThat(customer.get(messages(account) + "?language=fr").text("/errors/0/message"))
        .isEqualTo("must be en or zh, not \"fr\"");
    assertThat(inbox(account).text("/items/1/kind")).isEqualTo(occurrence.name());
    assertThat(inbox(account).text("/items/1/rule")).isEqualTo("C2.3");
  }

  @ParameterizedTest
  @EnumSource(names = {"BILL_READY", "ARREARS_BEGUN", "LOW_BALANCE"})
  void aNoticeIsAlsoQueuedForTheWebhookOfItsAccount(Occurrence occurrence) {
    AccountId account = world.openAccount(START);
    User customer = service.customer(account);
    String webhook = "/v1/accounts/" + account + "/webhook";
    Answer registered =
        customer.put(webhook, "{'url':'https://receiver.invalid/','asymmetric':true}");
    assertThat(registered.text("/publicKey")).startsWith("whpk_");
    tell(occurrence, account);
    awaitMessages(account, 1);
    Answer log = customer.get(webhook + "/deliveries");
    assertThat(log.body().at("/items").size()).isEqualTo(1);
    assertThat(log.text("/items/0/type"))
        .isEqualTo(
            switch (occurrence) {
              case BILL_READY -> "tollgate.notice.bill-ready.v1";
              case ARREARS_BEGUN -> "tollgate.notice.arrears-begun.v1";
              default -> "tollgate.notice.low-balance.v1";
            });
  }

  @Test
  void whatIsReadTwiceFromTheStartIsStillThereOnceEvenWhenItsNumbersAreForgotten() {
    AccountId account = world.openAccount(START);
    tell(Occurrence.SUSPENDED, account);
    tell(Occurrence.BILL_READY, account);
    awaitMessages(account, 2);
    String before = inbox(account).body().toString();

    service.bean(JdbcClient.class).sql("delete from applied_sequence").update();
    service.bean(JdbcClient.class).sql("update consumer_position set next_offset = 0").update();
    restart();
    awaitSettled();
    assertThat(inbox(account).body().toString()).isEqualTo(before);
  }

  @Test
  void aDeletionWarningsDeliveryIsToldWithTheNameItsAskerGaveIt() {
    AccountId account = world.openAccount(START);
    tell(Occurrence.DELETION_AHEAD, account);
    awaitMessages(account, 1);
    awaitSettled();
    assertThat(World.told(account.value()))
        .singleElement()
        .isInstanceOfSatisfying(
            NoticeEvent.NoticeDelivered.class,
            delivered -> {
              assertThat(delivered.account()).isEqualTo(account);
              assertThat(delivered.correlation()).contains("w-" + account);
              assertThat(delivered.at()).isEqualTo(START);
            });
  }

  @Test
  void theFirstReadingIsKept() {
    AccountId account = world.openAccount(START);
    tell(Occurrence.SUSPENDED, account);
    awaitMessages(account, 1);
    User customer = service.customer(account);
    assertThat(unread(customer, account)).isEqualTo("1");
    Answer read = customer.post(messages(account) + "/1/read", "");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text("/readAt")).isEqualTo(now().toString());
    assertThat(unread(customer, account)).isEqualTo("0");
    assertThat(customer.get(messages(account) + "?unread=true").body().at("/items").size())
        .isZero();
    assertThat(customer.post(messages(account) + "/2/read", "").problem()).isEqualTo("not-found");
  }

  private static String unread(User customer, AccountId account) {
    return customer.get(messages(account) + "/unread-count").text("/unread");
  }

  @Test
  void aLongInboxIsReadPageByPageNewestFirst() {
    AccountId account = world.openAccount(START);
    for (int i = 0; i < 5; i++) {
      tell(Occurrence.SUSPENDED, account);
    }
    awaitMessages(account, 5);
    User customer = service.customer(account);
    Answer first = customer.get(messages(account) + "?limit=2");
    assertThat(first.text("/items/0/message")).isEqualTo("5");
    Answer second =
        customer.get(messages(account) + "?limit=2&cursor=" + first.text("/nextCursor"));
    assertThat(second.text("/items/0/message")).isEqualTo("3");
    Answer third =
        customer.get(messages(account) + "?limit=2&cursor=" + second.text("/nextCursor"));
    assertThat(third.text("/items/0/message")).isEqualTo("1");
    assertThat(third.body().has("nextCursor")).isFalse();
    assertThat(customer.get(messages(account) + "?limit=0").problem()).isEqualTo("invalid-request");
    assertThat(customer.get(messages(account) + "?cursor=nonsense").problem())
        .isEqualTo("invalid-request");
  }

  @Test
  void anOpenStreamShowsNewMessagesAndAResumedOneWhatItMissed() throws InterruptedException {
    AccountId account = world.openAccount(START);
    tell(Occurrence.SUSPENDED, account);
    awaitMessages(account, 1);
    try (EventStream live = EventStream.open(account, "")) {
      assertThat(live.next(":")).isEqualTo(":keep-alive");
      tell(Occurrence.RESUMED, account);
      assertThat(live.next("id:")).isEqualTo("id:2");
      assertThat(live.next("event:")).isEqualTo("event:message");
      assertThat(live.next("data:")).contains("\"title\":\"Instance i-1 runs again\"");
    }
    try (EventStream resumed = EventStream.open(account, "1")) {
      assertThat(resumed.next("id:")).isEqualTo("id:2");
    }
  }

  /** The lines of a stream as they arrive. */
  private record EventStream(LinkedBlockingQueue<String> lines, Stream<String> body)
      implements AutoCloseable {

    static EventStream open(AccountId account, String lastEventId) {
      var request = service.customer(account).request(messages(account) + "/stream").GET();
      HttpResponse<Stream<String>> response =
          ServiceClient.exchange(
              (lastEventId.isEmpty() ? request : request.header("Last-Event-ID", lastEventId))
                  .build(),
              HttpResponse.BodyHandlers.ofLines());
      assertThat(response.statusCode()).isEqualTo(200);
      LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  response.body().forEach(lines::add);
                } catch (java.io.UncheckedIOException e) {
                  lines.add("closed");
                }
              });
      return new EventStream(lines, response.body());
    }

    String next(String prefix) throws InterruptedException {
      String line;
      do {
        line = lines.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } while (line != null && !line.startsWith(prefix));
      return String.valueOf(line);
    }

    @Override
    public void close() {
      body.close();
    }
  }

  @Test
  void noticesAreCountedByKindChannelAndOutcomeAndNeverByAccount() {
    AccountId account = world.openAccount(START, "metrics@example.com");
    tell(Occurrence.LOW_BALANCE, account);
    awaitMessages(account, 1);
    await().atMost(LIMIT).until(() -> smtp.received("metrics@example.com").size() == 1);
    awaitSettled();
    List<String> lines = service.management("/actuator/prometheus").lines().toList();
    assertThat(lines)
        .anyMatch(
            line ->
                line.startsWith("tollgate_notices_total{")
                    && line.contains("channel=\"in-station\"")
                    && line.contains("kind=\"LOW_BALANCE\"")
                    && line.contains("outcome=\"delivered\"")
                    && !line.endsWith(" 0.0"))
        .anyMatch(
            line ->
                line.startsWith("tollgate_notices_total{")
                    && line.contains("channel=\"email\"")
                    && line.contains("outcome=\"sent\"")
                    && !line.endsWith(" 0.0"))
        .noneMatch(line -> line.contains(account.value()) || line.contains("example.com"));
  }
}
