package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.Ledger;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.testing.Billing;
import io.tollgate.client.Answer;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Granularity;
import io.tollgate.model.Money;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.Topics;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.testing.Wire;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What is paid, owed and covered by credit when the past changes: one March whose chapters follow
 * one another, after each of which the audit is green.
 *
 * <p>Product {@code vm} costs 1 per unit. Product {@code volume} costs 1 per unit, and from the
 * 151st unit of the month 0.5 for all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettlementIT {
  private static final List<String> ACCOUNTS =
      List.of("order", "excess", "funded", "adjusted", "credit", "back", "excused", "long");

  private Billing billing;
  private String firstRecharge = "";

  @BeforeAll
  void start(@TempDir Path directory) {
    billing = Billing.start(directory, "2024-03-01T08:00");
    billing.product("vm", "HOUR", "1");
    created(
        "/v1/products", "{'product':'volume','name':'volume','cycle':'HOUR','paymentTerm':'PT0S'}");
    billing.prices(
        "volume",
        """
        {'effectiveFrom':'2019-12-31T16:00:00Z','meters':[{'meter':'units','scope':'MONTH_TO_DATE',
         'model':{'kind':'VOLUME','tiers':[{'upTo':'150','unitPrice':'1'},{'unitPrice':'0.5'}]}}]}
        """);
    allocation("PENALTY_FIRST", Billing.local("2024-03-03T12:10"));
    ACCOUNTS.forEach(account -> billing.open(account, "2024-03-01T08:00"));
  }

  @AfterAll
  void stop() {
    billing.close();
  }

  private void chapter(Runnable told) {
    told.run();
    JsonNode report = billing.operator().get("/v1/audit").body();
    assertThat(report.at("/green").asBoolean()).as(report.toPrettyString()).isTrue();
  }

  /** Every chapter begins where the one before has left the books. */
  @Test
  void whatIsOwedFollowsEveryChangeOfThePast() {
    chapter(this::creditCoversWhatFundsDoNotAndTheRestIsOwed);
    chapter(this::aLaterChangeOfTheOrderRewritesNothing);
    chapter(this::aCorrectionDownwardCountsFromTheDueTimeAndWhatExceedsTheBillFromNow);
    chapter(this::aRecomputationIsBookedByTheRulesOfWhatItReplaces);
    chapter(this::aRaisedLimitCoversWhatIsOwedAtOnce);
    chapter(this::whatAReversalUncoversIsDrawnUpToTheLimitAndElseOwedFromThen);
    chapter(this::forceMajeureTakesThePenaltyOfItsDaysBack);
    chapter(this::forceMajeureThatEndsEarlyExcusesNoLaterDay);
    chapter(this::whatWasAddedLaterIsTakenBackFirstWithItsPenalties);
    chapter(this::penaltiesAfterACheckpointAreTakenBackWhicheverBillTheyAreOf);
    chapter(this::whatWasStatedLastIsWhatIsOwed);
  }

  private void creditCoversWhatFundsDoNotAndTheRestIsOwed() {
    var unused = billing.recharge("funded", "funded-1", "140");
    unused = billing.recharge("credit", "credit-1", "40");
    unused = billing.recharge("long", "long-1", "100");
    limit("credit", "50");
    limit("back", "50");
    use("order", "vm", "2024-03-01T09:00", "60", 1);
    use("adjusted", "vm", "2024-03-01T09:00", "100", 1);
    use("credit", "vm", "2024-03-01T09:00", "100", 1);
    use("back", "vm", "2024-03-01T09:00", "50", 1);
    use("long", "vm", "2024-03-01T09:00", "100", 1);
    use("excused", "vm", "2024-03-01T09:00", "60", 1);
    for (String account : List.of("excess", "funded")) {
      use(account, "volume", "2024-03-01T09:00", "100", 1);
      use(account, "volume", "2024-03-01T10:00", "40", 1);
    }
    closedAt("2024-03-01T11:00");
    billing.stepTo("2024-03-01T12:00");

    assertThat(shown("credit", "owed", "creditDrawn")).containsExactly("10.000000", "50.000000");
    assertThat(shown("back", "owed", "creditDrawn")).containsExactly("0.000000", "50.000000");
    assertThat(shown("excess", "owed", "funds")).containsExactly("140.000000", "0.000000");
    assertThat(shown("funded", "owed", "funds")).containsExactly("0.000000", "0.000000");
  }

  /**
   * 12 come in principal first, then 12 penalty first; at that instant the order is changed back.
   */
  private void aLaterChangeOfTheOrderRewritesNothing() {
    billing.stepTo("2024-03-03T12:00");
    assertThat(shown("order", "owed", "penalty")).containsExactly("60.000000", "0.060000");
    Answer first = billing.recharge("order", "order-1", "12");
    firstRecharge = first.text("/recharge");
    assertThat(first.text("/allocation/toPrincipal/amount")).isEqualTo("12.000000");
    billing.stepTo("2024-03-03T12:10");
    Answer second = billing.recharge("order", "order-2", "12");
    assertThat(second.text("/allocation/toPenalty/amount")).isEqualTo("0.060000");
    assertThat(second.text("/allocation/toPrincipal/amount")).isEqualTo("11.940000");
    allocation("PRINCIPAL_FIRST", billing.service().now());
  }

  /** The bill of 60 becomes 50, and of 40 it becomes -10.50: 179 units at 0.5 less 100. */
  private void aCorrectionDownwardCountsFromTheDueTimeAndWhatExceedsTheBillFromNow() {
    use("order", "vm", "2024-03-01T09:00", "50", 2);
    for (String account : List.of("excess", "funded")) {
      use(account, "volume", "2024-03-01T10:00", "79", 2);
    }
    closedAt("2024-03-03T12:30");
    billing.stepTo("2024-03-03T12:40");

    // 50 - 12 principal first; then 0.05 penalty and 11.95 principal.
    assertThat(penalties("order")).containsExactly("2024-03-02 0.050000");
    assertThat(shown("order", "owed", "penalty")).containsExactly("26.050000", "0.000000");
    assertThat(postings("order", "ALIPAY_RECHARGE", firstRecharge))
        .containsExactly("PRINCIPAL C2.2");
    // Of 100 and 40 were owed; the 40 and their 0.04 are gone, 10.50 pay a part of the 100.
    assertThat(penalties("excess")).containsExactly("2024-03-02 0.100000");
    assertThat(shown("excess", "owed", "penalty")).containsExactly("89.500000", "0.100000");
    assertThat(shown("funded", "funds", "owed")).containsExactly("50.500000", "0.000000");
    assertThat(billing.operator().get("/v1/accounts/funded/bills").body().at("/items/0").toString())
        .contains("\"kind\":\"CORRECTION\"", "\"amount\":\"-50.500000\"");
  }

  /** What is booked anew bears the rule of what it replaces. */
  private void aRecomputationIsBookedByTheRulesOfWhatItReplaces() {
    List<String> corrected = new ArrayList<>();
    for (JsonNode posting :
        billing.operator().get("/v1/accounts/order/postings?limit=100").body().at("/items")) {
      if (posting.at("/reason").asString().equals("usage was corrected")) {
        corrected.add(
            posting.at("/causeKind").asString()
                + " "
                + posting.at("/subAccount").asString()
                + " "
                + posting.at("/amount").asString()
                + " "
                + posting.at("/rule").asString());
      }
    }
    assertThat(corrected)
        .containsExactlyInAnyOrder(
            "BILL PRINCIPAL 10.000000 C2.3.2",
            "ALIPAY_RECHARGE PENALTY -0.010000 C2.2",
            "ALIPAY_RECHARGE PRINCIPAL 0.010000 C2.2",
            "PENALTY_DAY PENALTY 0.010000 C2.3");
  }

  /** Limit 50 to 100: drawn 60, owed 0, the penalty of the 2nd stays. */
  private void aRaisedLimitCoversWhatIsOwedAtOnce() {
    assertThat(shown("credit", "owed", "penalty")).containsExactly("10.000000", "0.010000");
    limit("credit", "100");
    assertThat(shown("credit", "owed", "penalty", "creditDrawn"))
        .containsExactly("0.000000", "0.010000", "60.000000");
    limit("credit", "10");
    assertThat(shown("credit", "owed", "creditDrawn")).containsExactly("0.000000", "60.000000");
  }

  /** A recharge restored 50 of credit; then the limit is 20, and the channel takes it back. */
  private void whatAReversalUncoversIsDrawnUpToTheLimitAndElseOwedFromThen() {
    Answer recharge = billing.recharge("back", "back-1", "50");
    String restoring = recharge.text("/recharge");
    assertThat(recharge.text("/allocation/toCredit/amount")).isEqualTo("50.000000");
    limit("back", "20");
    assertThat(
            billing
                .operator()
                .post("/v1/recharges/" + restoring + "/reversal", "{'reversal':'back-1-r'}")
                .status())
        .isEqualTo(200);

    assertThat(shown("back", "owed", "creditDrawn")).containsExactly("30.000000", "20.000000");
    assertThat(billing.operator().get("/v1/accounts/back/balance").text("/arrearsSince"))
        .isEqualTo("2024-03-03T04:40:00Z");
    assertThat(postings("back", "ALIPAY_REVERSAL", restoring))
        .containsExactlyInAnyOrder("CREDIT C2.2", "PRINCIPAL C2.2");
  }

  /** 60 and 0.06 were paid; the day of the 0.06 is excused afterwards. */
  private void forceMajeureTakesThePenaltyOfItsDaysBack() {
    var unused = billing.recharge("excused", "excused-1", "60.06");
    assertThat(shown("excused", "owed", "penalty", "funds"))
        .containsExactly("0.000000", "0.000000", "0.000000");

    Answer declared =
        declare(
            "'accounts':['excused']", "2024-03-01T22:00:00Z", "2024-03-01T23:00:00Z", "a flood");
    assertThat(declared.status()).isEqualTo(201);
    billing.service().settle();

    assertThat(shown("excused", "owed", "penalty", "funds"))
        .containsExactly("0.000000", "0.000000", "0.060000");
    assertThat(penalties("excused")).isEmpty();
    String id = declared.text("/declaration");
    assertThat(billing.operator().get("/v1/force-majeure/" + id).body().at("/applied").asBoolean())
        .isTrue();
    assertThat(heard("excused", BillingEvent.ForceMajeureDeclared.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.declaration()).isEqualTo(id);
              assertThat(event.reason()).isEqualTo("a flood");
              assertThat(event.rule().value()).isEqualTo("C10.1");
            });
    assertThat(billing.operator().get("/v1/accounts/excused/audit-trail").text("/items/0/rule"))
        .isEqualTo("C10.1");
  }

  /** From the 5th to the 8th, ended on the 6th at noon: the 5th and the 6th are free, no more. */
  private void forceMajeureThatEndsEarlyExcusesNoLaterDay() {
    String ahead =
        declare(
                "'accounts':['adjusted']",
                "2024-03-04T16:00:00Z",
                "2024-03-07T16:00:00Z",
                "a storm")
            .text("/declaration");
    String withdrawn =
        declare("'allAccounts':true", "2024-03-06T16:00:00Z", "2024-03-07T16:00:00Z", "a mistake")
            .text("/declaration");
    billing.open("late", "2024-03-03T12:40");
    assertThat(heard("late", BillingEvent.ForceMajeureDeclared.class).getLast().to())
        .isEqualTo(Billing.local("2024-03-08T00:00"));
    assertThat(end(withdrawn).text("/to")).isEqualTo("2024-03-06T16:00:00Z");
    billing.stepTo("2024-03-06T12:00");
    assertThat(end(ahead).text("/to")).isEqualTo("2024-03-06T04:00:00Z");
    assertThat(end(ahead).problem()).isEqualTo("force-majeure-over");
    billing.stepTo("2024-03-09T12:00");
    assertThat(heard("late", BillingEvent.ForceMajeureDeclared.class).getLast().to())
        .isEqualTo(Billing.local("2024-03-07T00:00"));

    assertThat(penalties("adjusted"))
        .containsExactly(
            "2024-03-08 0.100000",
            "2024-03-07 0.100000",
            "2024-03-04 0.100000",
            "2024-03-03 0.100000",
            "2024-03-02 0.100000");
    assertThat(heard("adjusted", BillingEvent.ForceMajeureDeclared.class).getLast().to())
        .isEqualTo(Billing.local("2024-03-06T12:00"));
  }

  @Test
  void whatNamesNobodyOrNothingIsRefused() {
    for (String whom :
        List.of(
            "'accounts':['nobody-1']", "'accounts':[]", "'allAccounts':true,'accounts':['back']")) {
      assertThat(declare(whom, "2024-03-01T00:00:00Z", "2024-03-02T00:00:00Z", "a flood").status())
          .as(whom)
          .isEqualTo(400);
    }
    assertThat(
            declare(
                    "'allAccounts':true",
                    "2024-03-02T00:00:00Z",
                    "2024-03-02T00:00:00Z",
                    "no time at all")
                .status())
        .isEqualTo(400);
  }

  /** 100 of the 1st, 50 more on the 10th, 50 less on the 20th. */
  private void whatWasAddedLaterIsTakenBackFirstWithItsPenalties() {
    billing.stepTo("2024-03-10T09:00");
    use("adjusted", "vm", "2024-03-01T09:00", "150", 2);
    closedAt("2024-03-10T10:00");
    billing.stepTo("2024-03-10T12:00");
    billing.stepTo("2024-03-20T09:00");
    // 16 days of 100 with the 9th to the 19th, 9 days of 50 from the 11th to the 19th.
    assertThat(shown("adjusted", "owed", "penalty")).containsExactly("150.000000", "2.050000");

    use("adjusted", "vm", "2024-03-01T09:00", "100", 3);
    closedAt("2024-03-20T10:00");
    billing.stepTo("2024-03-20T12:00");

    assertThat(shown("adjusted", "owed", "penalty")).containsExactly("100.000000", "1.600000");
    assertThat(penalties("adjusted")).hasSize(16);
    List<String> corrected = new ArrayList<>();
    for (JsonNode bill :
        billing.operator().get("/v1/accounts/adjusted/bills").body().at("/items")) {
      corrected.add(bill.at("/kind").asString() + " " + bill.at("/corrected").asString());
    }
    assertThat(corrected)
        .containsExactly("CORRECTION 0.000000", "ADJUSTMENT -50.000000", "CYCLE 0.000000");
  }

  /**
   * A bill of 100 is paid at the checkpoint, and owed again after it because its recharge is taken
   * back. Then 100 come in that were paid in between: they are what the channel took back.
   */
  private void penaltiesAfterACheckpointAreTakenBackWhicheverBillTheyAreOf() {
    passACheckpoint("long");
    billing.stepTo("2024-03-20T14:00");
    String recharge =
        billing.operator().get("/v1/accounts/long/recharges").text("/items/0/recharge");
    assertThat(
            billing
                .operator()
                .post("/v1/recharges/" + recharge + "/reversal", "{'reversal':'long-1-r'}")
                .status())
        .isEqualTo(200);
    billing.stepTo("2024-03-23T12:00");
    assertThat(penalties("long")).containsExactly("2024-03-22 0.100000", "2024-03-21 0.100000");
    assertThat(shown("long", "owed", "penalty")).containsExactly("100.000000", "0.200000");

    created(
        "/v1/accounts/long/recharges",
        "{'channel':'ALIPAY','transaction':'long-2','amount':'100','paidAt':'2024-03-20T05:00:00Z'}");

    assertThat(penalties("long")).isEmpty();
    assertThat(shown("long", "owed", "penalty", "funds"))
        .containsExactly("0.000000", "0.000000", "0.000000");
  }

  /** Books 500 movements that move nothing, as hours without usage do in three weeks. */
  private void passACheckpoint(String account) {
    Instant now = billing.service().now();
    Ledger ledger = billing.service().bean(Ledger.class);
    billing
        .service()
        .bean(Transactions.class)
        .run(
            () -> {
              OpenAccount open = ledger.lockOne(AccountId.of(account), now);
              Booking nothing = new Booking.CreditLimited(Money.zero(CurrencyCode.CNY));
              IntStream.range(0, 500).forEach(n -> open.book(nothing, now));
              ledger.store(List.of(open));
              return account;
            });
  }

  /** Whoever listens knows what billing has, without adding anything up. */
  private void whatWasStatedLastIsWhatIsOwed() {
    for (String account : ACCOUNTS) {
      String owed = "0.000000";
      String penalty = "0.000000";
      for (BillingEvent event : heard(account, BillingEvent.class)) {
        if (event instanceof BillingEvent.DebtStated stated) {
          owed = stated.owed().amount().toPlainString();
          penalty = stated.penalty().amount().toPlainString();
        } else if (event instanceof BillingEvent.PenaltyAccrued accrued) {
          penalty = accrued.unpaid().amount().toPlainString();
        }
      }
      assertThat(List.of(owed, penalty)).as(account).isEqualTo(shown(account, "owed", "penalty"));
    }
  }

  private static <E extends BillingEvent> List<E> heard(String account, Class<E> kind) {
    return Wire.heard(Topics.BILLING_EVENTS, account, BillingEvent.CODEC, kind);
  }

  private void use(String account, String product, String window, String quantity, int revision) {
    billing.usage(
        Granularity.HOUR,
        account,
        product + "-" + account,
        product,
        window,
        quantity,
        revision,
        billing.service().now().isBefore(Billing.local("2024-03-02T00:00"))
            ? "2024-03-01T11:00"
            : tick());
  }

  private String tick() {
    return LocalDateTime.ofInstant(billing.service().now(), BillingCalendar.SHANGHAI.zone())
        .toString();
  }

  private void closedAt(String tick) {
    billing.closed(Granularity.HOUR, tick, tick);
  }

  private void limit(String account, String amount) {
    assertThat(
            billing
                .operator()
                .put("/v1/accounts/" + account + "/credit-limit", "{'amount':'" + amount + "'}")
                .status())
        .isEqualTo(200);
  }

  private void allocation(String order, Instant from) {
    var unused = billing.changeTerms("recharge.allocation", order, from);
  }

  private void created(String path, String body) {
    Answer answer = billing.operator().post(path, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  private Answer declare(String whom, String from, String to, String reason) {
    return billing
        .operator()
        .post(
            "/v1/force-majeure",
            "{%s,'from':'%s','to':'%s','reason':'%s'}".formatted(whom, from, to, reason));
  }

  private Answer end(String declaration) {
    return billing
        .operator()
        .post("/v1/force-majeure/" + declaration + "/end", "{'reason':'it is over'}");
  }

  private List<String> shown(String account, String... parts) {
    List<String> amounts = new ArrayList<>();
    for (String part : parts) {
      amounts.add(billing.balance(account, part));
    }
    return amounts;
  }

  private List<String> penalties(String account) {
    return billing.penalties(account, "amount");
  }

  private List<String> postings(String account, String causeKind, String causeId) {
    List<String> found = new ArrayList<>();
    for (JsonNode posting :
        billing
            .operator()
            .get(
                "/v1/accounts/%s/postings?causeKind=%s&causeId=%s"
                    .formatted(account, causeKind, causeId))
            .body()
            .at("/items")) {
      found.add(posting.at("/subAccount").asString() + " " + posting.at("/rule").asString());
    }
    return found;
  }
}
