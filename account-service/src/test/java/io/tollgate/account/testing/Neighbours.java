package io.tollgate.account.testing;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.model.event.BillingRecord;
import io.tollgate.model.event.BillingWatermark;
import io.tollgate.model.event.EventCodec;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.PricedProduct;
import io.tollgate.model.event.Topics;
import io.tollgate.testing.Wire;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** What the other services tell, and what the account service told. */
public final class Neighbours {

  private static final RuleId RULE = new RuleId("C2.3");
  private static final int PARTITIONS = 8;
  private static final Money SIXTY = Money.of("60.00", CurrencyCode.CNY);

  private Neighbours() {}

  /** Billing publishes a product, which has no price yet. */
  public static void productCreated(String product) {
    Wire.send(
        Topics.PRICES,
        product,
        PricedProduct.CODEC,
        Accounts.START,
        new PricedProduct(ProductId.of(product), BillingCycle.HOUR, false, List.of()));
  }

  /** Billing tells that an account owes for product vm. */
  public static void arrearsBegan(String account, String dueAt) {
    arrearsBegan(account, "vm", dueAt);
  }

  /** Billing tells that an account owes for a product. */
  public static void arrearsBegan(String account, String product, String dueAt) {
    Instant at = Instant.parse(dueAt);
    billing(
        account,
        new BillingEvent.ArrearsBegan(
            AccountId.of(account),
            ProductId.of(product),
            new BillId("bill-" + product),
            at,
            SIXTY,
            Optional.empty(),
            at,
            RULE));
  }

  /** Billing tells that another bill is the earliest unpaid one. */
  public static void arrearsRetimed(String account, String dueAt, String at) {
    billing(
        account,
        new BillingEvent.ArrearsRetimed(
            AccountId.of(account),
            ProductId.of("vm"),
            new BillId("bill-2"),
            Instant.parse(dueAt),
            SIXTY,
            Instant.parse(at),
            RULE));
  }

  /** Billing tells that everything owed for product vm is paid, but this penalty. */
  public static void arrearsCleared(String account, String penalty, String at) {
    arrearsCleared(account, "vm", penalty, at);
  }

  /** Billing tells that everything owed for a product is paid, but this penalty. */
  public static void arrearsCleared(String account, String product, String penalty, String at) {
    billing(
        account,
        new BillingEvent.ArrearsCleared(
            AccountId.of(account),
            ProductId.of(product),
            Money.of(penalty, CurrencyCode.CNY),
            Instant.parse(at),
            RULE));
  }

  /** Billing tells that force majeure excuses an account for a time. */
  public static void forceMajeure(
      String account, String declaration, String from, String to, String at) {
    billing(
        account,
        new BillingEvent.ForceMajeureDeclared(
            AccountId.of(account),
            declaration,
            Instant.parse(from),
            Instant.parse(to),
            "a flood",
            Instant.parse(at),
            new RuleId("C10.1")));
  }

  /** Billing states what an account owes. */
  public static void debtStated(String account, String owed, String penalty, String at) {
    billing(
        account,
        new BillingEvent.DebtStated(
            AccountId.of(account),
            Money.of(owed, CurrencyCode.CNY),
            Money.of(penalty, CurrencyCode.CNY),
            Instant.parse(at),
            RULE));
  }

  /** Billing accrues a day's penalty of 0.06, and says what is unpaid with it. */
  public static void penaltyAccrued(String account, String unpaid, String at) {
    billing(
        account,
        new BillingEvent.PenaltyAccrued(
            AccountId.of(account),
            new BillId("bill-1"),
            LocalDate.parse("2026-03-02"),
            SIXTY,
            Money.of("0.06", CurrencyCode.CNY),
            Money.of(unpaid, CurrencyCode.CNY),
            Instant.parse(at),
            RULE));
  }

  /**
   * Billing tells that everything it booked up to an instant has been told, of all accounts but
   * those of which it has set work aside.
   */
  public static void complete(String upTo, long epoch, List<AccountId> setAside) {
    BillingWatermark watermark =
        new BillingWatermark(Instant.parse(upTo), epoch, Optional.of(setAside));
    Wire.append(
        IntStream.range(0, PARTITIONS)
            .mapToObj(
                partition ->
                    Wire.message(
                        Topics.BILLING_EVENTS,
                        "partition-" + partition,
                        partition,
                        BillingRecord.CODEC,
                        Instant.parse(upTo),
                        watermark))
            .toList());
  }

  /** Notification tells that a warning reached the inbox. */
  public static void delivered(String account, String warning, String at) {
    send(
        Topics.NOTICE_EVENTS,
        account,
        NoticeEvent.CODEC,
        new NoticeEvent.NoticeDelivered(
            NoticeId.of("notice-" + UUID.randomUUID()),
            AccountId.of(account),
            Optional.of(warning),
            Instant.parse(at),
            RULE));
  }

  /**
   * Notification tells that a notice of this action was published and matured: its gate is open.
   */
  public static NoticeId matured(GateAction action, Instant effectAt) {
    NoticeId notice = NoticeId.of("notice-" + UUID.randomUUID());
    RuleId rule = action.kind().rule();
    gate(new NoticeEvent.NoticePublished(notice, action, 7, effectAt, effectAt, rule));
    gate(new NoticeEvent.NoticeMatured(notice, action, effectAt, effectAt, rule));
    return notice;
  }

  private static void gate(NoticeEvent event) {
    send(Topics.NOTICE_EVENTS, event.notice().value(), NoticeEvent.CODEC, event);
  }

  private static void billing(String account, BillingEvent event) {
    send(Topics.BILLING_EVENTS, account, BillingEvent.CODEC, event);
  }

  private static <E> void send(String topic, String account, EventCodec<E> codec, E event) {
    Wire.send(topic, account, codec, Accounts.START, event);
  }

  /** Everything told of an account, in order. */
  public static List<AccountEvent> told(String account) {
    return told(account, AccountEvent.class);
  }

  /** Events of one kind told of an account, in order. */
  public static <E extends AccountEvent> List<E> told(String account, Class<E> kind) {
    return Wire.heard(Topics.ACCOUNT_EVENTS, account, AccountEvent.CODEC, kind);
  }
}
