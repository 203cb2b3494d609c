package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.model.AccountId;
import io.tollgate.model.event.ContactRecord;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Marketing needs consent and can be opted out of; notices cannot (C4.2.2). */
class MarketingIT extends ServiceTest {

  private static String freshAddress() {
    return UUID.randomUUID() + "@example.com";
  }

  private static void consents(AccountId account, long version, String email, boolean consent) {
    world.contact(new ContactRecord(account, version, "Ann", List.of(email), "en", consent));
    awaitSettled();
  }

  private static AccountId consenting(String email) {
    AccountId account = world.openAccount(now());
    consents(account, 2, email, true);
    return account;
  }

  private static String publish(String kind, AccountId... accounts) {
    var answer =
        service
            .operator()
            .post(
                "/v1/notices",
                """
                {'kind':'%s','audience':{'type':'ACCOUNTS','accounts':[%s]},
                 'texts':{'en':{'title':'New','body':'Buy.'},'zh':{'title':'新','body':'买。'}}}
                """
                    .formatted(
                        kind,
                        Stream.of(accounts)
                            .map(account -> "'" + account + "'")
                            .collect(Collectors.joining(","))));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.text("/recipients");
  }

  @AfterEach
  void mailServerWorks() {
    smtp.up();
  }

  @Test
  void onlyAccountsThatConsentGetMarketingAndEverybodyGetsNotices() {
    String email = freshAddress();
    AccountId consenting = consenting(email);
    AccountId silent = world.openAccount(now(), freshAddress());
    AccountId withoutContact = world.openAccount(now());
    world.tombstone(Topics.CONTACTS, withoutContact.value());
    awaitSettled();

    assertThat(publish("MARKETING", consenting, silent, withoutContact)).isEqualTo("1");
    assertThat(publish("ANNOUNCEMENT", consenting, silent, withoutContact)).isEqualTo("3");
    awaitSettled();

    awaitMessages(consenting, 2);
    awaitMessages(silent, 1);
    awaitMessages(withoutContact, 1);
    assertThat(inbox(silent).text("/items/0/kind")).isEqualTo("ANNOUNCEMENT");
    await().atMost(LIMIT).until(() -> smtp.received(email).size() == 2);
  }

  @Test
  void whoOptsOutGetsNoMoreMarketingButTheNoticesOfItsAccount() {
    String email = freshAddress();
    AccountId account = consenting(email);
    consents(account, 3, email, false);

    assertThat(publish("MARKETING", account)).isEqualTo("0");
    Occurrence.SUSPENDED.account(account).ifPresent(world::publish);
    awaitMessages(account, 1);
    assertThat(inbox(account).text("/items/0/kind")).isEqualTo("SUSPENDED");
  }

  /** Consent counts when a mail goes out, not when it was queued. */
  @Test
  void marketingMailThatWaitsIsNotSentAfterConsentWasWithdrawn() {
    String email = freshAddress();
    AccountId account = consenting(email);
    smtp.down();
    assertThat(publish("MARKETING", account)).isEqualTo("1");
    awaitMessages(account, 1);
    awaitSettled();
    consents(account, 3, email, false);
    smtp.up();
    stepTo(now().plus(Duration.ofMinutes(1)));

    assertThat(smtp.received(email)).isEmpty();
    assertThat(
            service
                .operator()
                .get("/v1/deliveries?limit=1000&outcome=SUPPRESSED")
                .body()
                .at("/items")
                .valueStream()
                .filter(item -> item.at("/address").asString("").equals(email))
                .map(item -> item.at("/lastError").asString("")))
        .containsExactly("the account does not consent to marketing (C4.2.2)");
  }
}
