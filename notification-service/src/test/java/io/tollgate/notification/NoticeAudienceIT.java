package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whom a notice goes to, and which notices cannot be published. */
class NoticeAudienceIT extends NoticeTest {

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

  @Test
  void whatIsAboutOneAccountIsNeverAnnounced() {
    AccountId account = world.openAccount(now());
    awaitSettled();
    Instant effectAt = CALENDAR.startOf(nextAfternoon().plusDays(31));
    String all = "\"audience\":{\"type\":\"ALL\"},";
    String toAll = setOff(effectAt, account).replace("\"texts\"", all + "\"texts\"");
    Answer refused = publish(toAll.replace("\"texts\"", "\"announced\":true,\"texts\""));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("/detail")).contains("a SET_OFF notice is never announced publicly");
    String marketing =
        "{\"kind\":\"MARKETING\","
            + all
            + "%s\"texts\":{\"en\":{\"title\":\"t\",\"body\":\"b\"},\"zh\":{\"title\":\"t\",\"body\":\"b\"}}}";
    assertThat(publish(marketing.formatted("\"announced\":true,")).text("/detail"))
        .contains("a MARKETING notice is never announced publicly");
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
    assertThat(ofLevel("SPECIAL", effectAt))
        .isEqualTo(
            "action.level: must be one of MAIN_AGREEMENT, PRICE_APPENDIX, ORDER_PAGE,"
                + " SPECIAL_TERMS, GENERAL_TERMS, not \"SPECIAL\"");
    assertThat(ofLevel("DEFAULT", effectAt))
        .isEqualTo("action.level: DEFAULT is built in and cannot be entered");
    String added =
        setOff(effectAt, account)
            .replace(
                "\"texts\"",
                "\"audience\":{\"type\":\"ACCOUNTS\",\"accounts\":[\"nobody\"]},\"texts\"");
    assertThat(publish(added).text("/detail")).isEqualTo("audience: account nobody is unknown");
  }

  /** The refusal of a notice of a policy row at a level of the agreement. */
  private String ofLevel(String level, Instant effectAt) {
    String policy =
        "{\"type\":\"POLICY\",\"name\":\"penalty.rate\",\"level\":\"%s\",\"value\":\"0.002\"}"
            .formatted(level);
    Answer refused = publish(body("TERMS_CHANGE", policy, effectAt, ""));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    return refused.text("/detail");
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
    assertThat(none.text("/detail")).contains("must name the action");
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
}
