package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tollgate.client.Answer;
import io.tollgate.embedded.ReceivedMail;
import io.tollgate.model.AccountId;
import io.tollgate.model.event.Topics;
import io.tollgate.notification.testing.Occurrence;
import io.tollgate.notification.testing.ServiceTest;
import io.tollgate.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class EmailIT extends ServiceTest {

  private static String freshAddress() {
    return UUID.randomUUID() + "@example.com";
  }

  private static void tell(AccountId account) {
    Occurrence.SUSPENDED.account(account).ifPresent(world::publish);
  }

  private static List<ReceivedMail> awaitMails(String address, int count) {
    await().atMost(LIMIT).until(() -> smtp.received(address).size() == count);
    awaitSettled();
    return smtp.received(address);
  }

  private static Answer deliveries(String outcome) {
    return service.operator().get("/v1/deliveries?limit=1000&outcome=" + outcome);
  }

  private static String of(String outcome, String address, String field) {
    for (var item : deliveries(outcome).body().at("/items")) {
      if (item.at("/address").asString("").equals(address)) {
        return item.at("/" + field).asString("");
      }
    }
    return "";
  }

  @AfterEach
  void mailServerWorks() {
    smtp.up();
    smtp.offerUtf8(false);
  }

  private static void tellAt(String... addresses) {
    AccountId account = world.openAccount(now(), addresses);
    awaitSettled();
    tell(account);
    awaitMessages(account, 1);
    awaitSettled();
  }

  @Test
  void aDomainBeyondAsciiIsWrittenToInItsAsciiForm() {
    String name = UUID.randomUUID().toString();
    tellAt(name + "@exemplé.fr", name + "@例子.公司");
    awaitMails(name + "@xn--exempl-gva.fr", 1);
    awaitMails(name + "@xn--fsqu00a.xn--55qx5d", 1);
    assertThat(of("SENT", name + "@exemplé.fr", "attempts")).isEqualTo("1");
  }

  /** As two contacts it was mailed twice. */
  @Test
  void aMailboxGetsOneMailHoweverItsDomainIsSpelled() {
    String name = UUID.randomUUID().toString();
    String last = freshAddress();
    tellAt(name + "@EXAMPLE.com", name + "@example.com", name + "@Example.Com", last);
    awaitMails(last, 1);
    awaitMails(name + "@example.com", 1);
    assertThat(of("SENT", name + "@EXAMPLE.com", "attempts")).isEqualTo("1");
    assertThat(of("SENT", name + "@example.com", "attempts")).isEmpty();
  }

  /** Jakarta Mail cuts characters to their low bytes: š became a, and č a line feed or worse. */
  @Test
  void aLocalPartBeyondAsciiFailsWithItsReasonWhereTheServerDoesNotOfferUtf8() {
    String rest = freshAddress();
    tellAt("š" + rest, "čapek" + rest);
    for (String first : List.of("š", "čapek")) {
      assertThat(of("FAILED", first + rest, "lastError"))
          .isEqualTo("the mail server does not offer SMTPUTF8, which the address needs");
      assertThat(of("FAILED", first + rest, "attempts")).isEqualTo("1");
    }
    assertThat(smtp.received("a" + rest)).isEmpty();
    assertThat(smtp.received("š" + rest)).isEmpty();
  }

  @Test
  void aLocalPartBeyondAsciiIsSentAsUtf8WhereTheServerOffersIt() {
    smtp.offerUtf8(true);
    String name = UUID.randomUUID() + "用户";
    String plain = freshAddress();
    tellAt(name + "@例子.公司", plain);
    awaitMails(plain, 1);
    assertThat(smtp.letters())
        .filteredOn(letter -> letter.to().equals(name + "@xn--fsqu00a.xn--55qx5d"))
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.text())
                    .contains("To: " + name + "@xn--fsqu00a.xn--55qx5d\n")
                    .contains("From: billing@tollgate.example\n")
                    .contains("Subject: Instance i-1 is suspended\n"));
    assertThat(of("SENT", name + "@例子.公司", "attempts")).isEqualTo("1");
  }

  /** The contact API refuses them by the same rule; what comes all the same is not guessed at. */
  @Test
  void whatIsNoAddressFailsByItsFault() {
    String rest = freshAddress();
    tellAt("a..b" + rest, "b" + rest + ",x@example.org", "c" + rest + "\r\nRCPT TO:<" + rest + ">");
    assertThat(of("FAILED", "a..b" + rest, "lastError"))
        .isEqualTo("the address is invalid: two dots in a row before the @");
    assertThat(of("FAILED", "b" + rest + ",x@example.org", "lastError"))
        .isEqualTo("the address is invalid: more than one @");
    assertThat(of("FAILED", "c" + rest + "\r\nRCPT TO:<" + rest + ">", "lastError"))
        .isEqualTo("the address is invalid: a control or invisible character");
    assertThat(smtp.received(rest)).isEmpty();
  }

  @Test
  void aTitleThatWouldAddAHeaderIsRefused() {
    for (String end : List.of("\\r\\nBcc: x@example.org", "\\n\\nbody", "\\u0085x", "\\u2028x")) {
      Answer refused =
          service
              .operator()
              .post(
                  "/v1/notices",
                  """
                  {"kind":"ANNOUNCEMENT","audience":{"type":"ALL"},
                   "texts":{"en":{"title":"Hello%s","body":"b"},"zh":{"title":"t","body":"b"}}}
                  """
                      .formatted(end));
      assertThat(refused.status()).as(end).isEqualTo(400);
      assertThat(refused.text("/detail")).contains("title: must be one line");
    }
  }

  @Test
  void anEmailSpeaksTheContactsLanguageAndAChangeOfContactsCountsFromTheNextNotice() {
    String first = freshAddress();
    String second = freshAddress();
    AccountId account = world.openAccount(now(), first);
    awaitSettled();
    tell(account);
    ReceivedMail english = awaitMails(first, 1).getFirst();
    assertThat(english.subject()).isEqualTo("Instance i-1 is suspended");
    assertThat(english.messageId()).matches("<[0-9a-f]{40}@tollgate.example>");

    world.contact(account, 2, "zh", second);
    awaitSettled();
    tell(account);
    assertThat(awaitMails(second, 1).getFirst().subject()).isEqualTo("实例 i-1 已暂停");
    assertThat(smtp.received(first)).hasSize(1);
  }

  @Test
  void aRefusedRecipientAffectsNobodyElseIsShownAndCanBeTriedAnew() {
    String refused = freshAddress();
    String fine = freshAddress();
    smtp.refuse(refused);
    AccountId account = world.openAccount(now(), refused, fine);
    awaitSettled();
    tell(account);
    awaitMails(fine, 1);
    awaitMessages(account, 1);
    assertThat(smtp.received(refused)).isEmpty();
    assertThat(of("FAILED", refused, "lastError")).isEqualTo("mail server replied 550");
    assertThat(of("FAILED", refused, "attempts")).isEqualTo("1");
    assertThat(of("SENT", fine, "state")).isEqualTo("SENT");

    smtp.take(refused);
    String id = of("FAILED", refused, "delivery");
    String retry = "/v1/deliveries/" + id + "/retry";
    assertThat(service.operator().post(retry, "").status()).isEqualTo(200);
    assertThat(awaitMails(refused, 1).getFirst().messageId())
        .isEqualTo("<" + id + "@tollgate.example>");
    assertThat(service.operator().post(retry, "").problem()).isEqualTo("delivery-not-failed");
    assertThat(service.operator().post("/v1/deliveries/none/retry", "").problem())
        .isEqualTo("not-found");
    assertThat(smtp.received(fine)).hasSize(1);
  }

  @Test
  void whileTheMailServerIsAwayInboxesFillAndEmailsAreTriedAgainWithinBounds() {
    String address = freshAddress();
    AccountId account = world.openAccount(now(), address);
    awaitSettled();
    smtp.down();
    tell(account);
    awaitMessages(account, 1);
    awaitSettled();
    assertThat(of("PENDING", address, "attempts")).isEqualTo("1");
    stepTo(now().plus(Duration.ofMinutes(1)));
    assertThat(of("PENDING", address, "attempts")).isEqualTo("2");
    for (int minutes : new int[] {5, 30, 120, 360, 720}) {
      stepTo(now().plus(Duration.ofMinutes(minutes)));
    }
    assertThat(of("PENDING", address, "attempts")).isEqualTo("7");
    stepTo(now().plus(Duration.ofHours(24)));
    assertThat(of("FAILED", address, "attempts")).isEqualTo("8");
    assertThat(of("FAILED", address, "lastError")).isEqualTo("mail server not reached");
    assertThat(of("UNCERTAIN", address, "state")).isEmpty();

    smtp.up();
    String retry = "/v1/deliveries/" + of("FAILED", address, "delivery") + "/retry";
    service.operator().post(retry, "");
    awaitMails(address, 1);
    assertThat(of("SENT", address, "uncertain")).isEqualTo("false");
  }

  @Test
  void whenTheAnswerIsLostTheEmailIsSentAgainUnderOneMessageIdAndMarkedUncertain() {
    String address = freshAddress();
    AccountId account = world.openAccount(now(), address);
    awaitSettled();
    smtp.loseNextAnswer();
    tell(account);
    awaitMails(address, 1);
    // The server has the mail before its sender knows that the answer is lost.
    Await.until(Duration.ofSeconds(20), () -> of("PENDING", address, "uncertain"), "true"::equals);
    stepTo(now().plus(Duration.ofMinutes(1)));
    List<ReceivedMail> mails = awaitMails(address, 2);
    assertThat(mails.getFirst().messageId()).isEqualTo(mails.getLast().messageId());
    assertThat(of("UNCERTAIN", address, "state")).isEqualTo("SENT");
  }

  /** The clock stands until all that is due is sent, so it cannot say when another has died. */
  @Test
  void whatADeadInstanceHasClaimedIsSentWhileTheClockStands() {
    String dead = freshAddress();
    String alive = freshAddress();
    smtp.down();
    tellAt(dead, alive);
    claim(dead, "121 seconds");
    claim(alive, "60 seconds");
    smtp.up();
    await().atMost(LIMIT).until(() -> !smtp.received(dead).isEmpty());
    assertThat(of("PENDING", alive, "state")).isEqualTo("CLAIMED");
    assertThat(smtp.received(alive)).isEmpty();

    claim(alive, "121 seconds");
    awaitMails(alive, 1);
    assertThat(of("UNCERTAIN", dead, "state")).isEqualTo("SENT");
    assertThat(smtp.received(dead)).hasSize(1);
  }

  /** As if another instance had done so, that long ago. */
  private static void claim(String address, String ago) {
    service
        .bean(JdbcClient.class)
        .sql(
            """
            update email_delivery set state = 'CLAIMED', claimed_by = 'another',
                   claimed_at = now() - cast(:ago as interval), next_attempt_at = '2026-02-28T16:00:00Z'
            where address = :address\
            """)
        .param("ago", ago)
        .param("address", address)
        .update();
  }

  @Test
  void aMailServerThatHangsHoldsUpNoInbox() {
    String address = freshAddress();
    AccountId account = world.openAccount(now(), address);
    awaitSettled();
    smtp.hang();
    tell(account);
    awaitMessages(account, 1);
    tell(account);
    awaitMessages(account, 2);
    assertThat(smtp.received(address)).isEmpty();
    smtp.up();
    await()
        .atMost(LIMIT)
        .until(() -> of("PENDING", address, "state").isEmpty() || service.settled());
    stepTo(now().plus(Duration.ofMinutes(1)));
    awaitMails(address, 2);
  }

  @Test
  void aForgottenContactIsForgottenInEmailsNotSentToo() {
    String address = freshAddress();
    AccountId account = world.openAccount(now(), address);
    awaitSettled();
    smtp.down();
    tell(account);
    awaitMessages(account, 1);
    awaitSettled();
    assertThat(of("PENDING", address, "state")).isEqualTo("PENDING");
    forget(account);
    await().atMost(LIMIT).until(() -> of("PENDING", address, "state").isEmpty());
    smtp.up();
    stepTo(now().plus(Duration.ofDays(2)));
    assertThat(smtp.received(address)).isEmpty();
    for (String outcome : List.of("FAILED", "SUPPRESSED", "UNCERTAIN")) {
      assertThat(deliveries(outcome).body().toString()).doesNotContain(address);
    }
    assertThat(suppressed(account)).containsExactly("contact removed");
    tell(account);
    awaitMessages(account, 2);
  }

  /** It quoted the row, and what is thrown may be logged. */
  @Test
  void aContactThatTheDatabaseRefusesIsThrownWithoutItsAddress() {
    String address = freshAddress();
    var insert =
        service
            .bean(JdbcClient.class)
            .sql("insert into contact (account_id, version, emails) values ('none', 1, array[?])")
            .param(address);
    assertThatThrownBy(insert::update)
        .rootCause()
        .hasMessageContaining("null value in column")
        .hasMessageNotContaining(address);
  }

  private List<String> suppressed(AccountId account) {
    return deliveries("SUPPRESSED")
        .body()
        .at("/items")
        .valueStream()
        .filter(item -> item.at("/account").asString("").equals(account.value()))
        .map(item -> item.at("/lastError").asString(""))
        .toList();
  }

  private static void forget(AccountId account) {
    world.tombstone(Topics.CONTACTS, account.value());
  }
}
