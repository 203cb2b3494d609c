package io.tollgate.notification;

import static io.tollgate.notification.testing.NotificationService.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.testing.NotificationService;
import io.tollgate.notification.testing.World;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static NotificationService service;
  private static World world;

  @BeforeAll
  static void start() {
    service = NotificationService.start(directory, SharedInfrastructure.smtp().port());
    world = new World();
  }

  @AfterAll
  static void stop() {
    world.close();
    service.close();
  }

  private static BillingEvent.ArrearsBegan arrears(AccountId account) {
    return new BillingEvent.ArrearsBegan(
        account,
        BillId.of("bill-1"),
        START,
        Money.of("60.00", io.tollgate.model.CurrencyCode.of("CNY")),
        START,
        new RuleId("C2.3"));
  }

  private static String messages(AccountId account) {
    return "/v1/accounts/" + account + "/messages";
  }

  private static void awaitMessages(AccountId account, int count) {
    await()
        .atMost(LIMIT)
        .until(
            () ->
                service.get(service.customer(account), messages(account)).body().at("/items").size()
                    == count);
  }

  @Test
  void aMessageIsThereOnceHoweverOftenItsEventComes() {
    AccountId account = world.openAccount(START);
    byte[] event = world.publish(arrears(account));
    awaitMessages(account, 1);
    world.send(Topics.BILLING_EVENTS, account.value(), event);
    world.publish(arrears(account));
    awaitMessages(account, 2);

    var list = service.get(service.customer(account), messages(account));
    assertThat(list.text("/items/1/title")).isEqualTo("Account " + account + " is in arrears");
    assertThat(list.text("/items/1/rule")).isEqualTo("C2.3");
  }

  @Test
  void readingIsCountedOnce() {
    AccountId account = world.openAccount(START);
    world.publish(arrears(account));
    awaitMessages(account, 1);
    String customer = service.customer(account);
    assertThat(service.get(customer, messages(account) + "/unread-count").text("/unread"))
        .isEqualTo("1");
    var read = service.post(customer, messages(account) + "/1/read", "");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.text("/readAt")).isEqualTo("2026-02-28T16:00:00Z");
    assertThat(service.get(customer, messages(account) + "/unread-count").text("/unread"))
        .isEqualTo("0");
    assertThat(service.get(customer, messages(account) + "?unread=true").body().at("/items").size())
        .isZero();
  }
}
