package io.tollgate.notification.trigger;

import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.AccountEvent;
import io.tollgate.model.event.BillingEvent;
import io.tollgate.notification.notice.NoticeKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An event for which the contract requires a notice: its kind, recipient and values (section 14).
 * Pure; events without a notice yield none.
 *
 * @param kind the kind of notice
 * @param account its one recipient
 * @param rule the rule behind the event
 * @param at when it took effect
 * @param leadDays days the notice must lie ahead of what it warns of; 0 for none
 * @param effectAt what it warns of
 * @param correlation what the asker wants to hear back on delivery
 * @param values the values of its templates
 */
record NoticeOccasion(
    NoticeKind kind,
    AccountId account,
    RuleId rule,
    Instant at,
    int leadDays,
    Optional<Instant> effectAt,
    Optional<String> correlation,
    Map<String, String> values) {

  private static final DateTimeFormatter LOCAL =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss VV");

  /** The notice of a billing event, if it has one. */
  static Optional<NoticeOccasion> of(BillingEvent event, BillingCalendar calendar) {
    return switch (event) {
      case BillingEvent.BillBooked e when e.cycle() == BillingCycle.MONTH ->
          Optional.of(plain(NoticeKind.BILL_READY, e, billValues(e, calendar)));
      case BillingEvent.BillBooked e -> Optional.empty();
      case BillingEvent.RechargeBooked e ->
          Optional.of(plain(NoticeKind.RECHARGE_RECEIVED, e, rechargeValues(e, calendar)));
      case BillingEvent.RechargeReversed e ->
          Optional.of(
              plain(
                  NoticeKind.RECHARGE_REVERSED,
                  e,
                  Map.of(
                      "recharge", e.recharge().value(),
                      "amount", text(e.amount()),
                      "owed", part(e.owed()),
                      "at", text(e.at(), calendar))));
      case BillingEvent.RemittanceRejected e ->
          Optional.of(
              plain(
                  NoticeKind.REMITTANCE_REJECTED,
                  e,
                  Map.of(
                      "transaction", e.transaction(),
                      "amount", text(e.amount()),
                      "reason", e.reason(),
                      "at", text(e.at(), calendar))));
      case BillingEvent.ArrearsBegan e ->
          Optional.of(
              plain(
                  NoticeKind.ARREARS_BEGUN,
                  e,
                  Map.of(
                      "product", e.product().value(),
                      "owed", text(e.owed()),
                      "earliestDueAt", text(e.earliestDueAt(), calendar),
                      "earliestBill", e.earliestBill().value(),
                      "penaltyRate", e.penaltyRate().map(NoticeOccasion::percent).orElse(""))));
      case BillingEvent.LowBalance e -> Optional.of(lowBalance(e, calendar));
      case BillingEvent.BillAdjusted e ->
          Optional.of(
              plain(
                  NoticeKind.BILL_ADJUSTED,
                  e,
                  Map.of(
                      "bill", e.adjusts().value(),
                      "product", e.product().value(),
                      "periodStart", text(e.periodStart(), calendar),
                      "periodEnd", text(e.periodEnd(), calendar),
                      "difference", text(e.difference()))));
      case BillingEvent.AdjustmentBooked e -> Optional.of(adjusted(e, calendar));
      case BillingEvent.PriceChanged e -> Optional.of(priceChanged(e, calendar));
      case BillingEvent.ArrearsRetimed e -> Optional.empty();
      case BillingEvent.ArrearsCleared e -> Optional.empty();
      case BillingEvent.PenaltyAccrued e -> Optional.empty();
      case BillingEvent.DebtStated e -> Optional.empty();
      case BillingEvent.ForceMajeureDeclared e -> Optional.empty();
    };
  }

  /** The notice of an account event, if it has one. */
  static Optional<NoticeOccasion> of(AccountEvent event, BillingCalendar calendar) {
    return switch (event) {
      case AccountEvent.SuspensionScheduled e ->
          Optional.of(
              plain(
                  NoticeKind.SUSPENSION_AHEAD,
                  e,
                  Map.of(
                      "instance", e.instance().value(),
                      "product", e.product().value(),
                      "suspendAt", text(e.suspendAt(), calendar))));
      case AccountEvent.InstanceStateChanged e -> stateChanged(e, calendar);
      case AccountEvent.DeletionScheduled e -> Optional.of(deletionAhead(e, calendar));
      case AccountEvent.InstanceReleased e ->
          Optional.of(
              plain(
                  NoticeKind.DELETION_DONE,
                  e,
                  Map.of(
                      "instance", e.instance().value(),
                      "product", e.product().value(),
                      "reason", e.reason(),
                      "at", text(e.at(), calendar))));
      case AccountEvent.AccountOpened e -> Optional.empty();
      case AccountEvent.AccountClosed e -> Optional.empty();
      case AccountEvent.InstanceRegistered e -> Optional.empty();
      case AccountEvent.DeletionCancelled e -> Optional.empty();
      case AccountEvent.HoldPlaced e -> Optional.empty();
      case AccountEvent.HoldLifted e -> Optional.empty();
      case AccountEvent.CommandIssued e -> Optional.empty();
      case AccountEvent.CommandAcknowledged e -> Optional.empty();
    };
  }

  private static Optional<NoticeOccasion> stateChanged(
      AccountEvent.InstanceStateChanged event, BillingCalendar calendar) {
    Map<String, String> values =
        Map.of(
            "instance", event.instance().value(),
            "product", event.product().value(),
            "reason", event.reason(),
            "at", text(event.at(), calendar));
    if (event.to() == AccountEvent.InstanceState.SUSPENDED) {
      return Optional.of(plain(NoticeKind.SUSPENDED, event, values));
    }
    boolean resumed =
        event.from() == AccountEvent.InstanceState.SUSPENDED
            && event.to() != AccountEvent.InstanceState.RELEASING
            && event.to() != AccountEvent.InstanceState.RELEASED;
    return resumed ? Optional.of(plain(NoticeKind.RESUMED, event, values)) : Optional.empty();
  }

  private static NoticeOccasion deletionAhead(
      AccountEvent.DeletionScheduled event, BillingCalendar calendar) {
    return new NoticeOccasion(
        NoticeKind.DELETION_AHEAD,
        event.account(),
        event.rule(),
        event.at(),
        event.leadDays(),
        Optional.of(event.deleteAt()),
        Optional.of(event.warning()),
        withAccount(
            event.account(),
            Map.of(
                "instance", event.instance().value(),
                "product", event.product().value(),
                "deleteAt", text(event.deleteAt(), calendar))));
  }

  private static NoticeOccasion adjusted(
      BillingEvent.AdjustmentBooked event, BillingCalendar calendar) {
    NoticeKind kind =
        switch (event.kind()) {
          case CREDITED -> NoticeKind.CREDIT_GIVEN;
          case TAKEN_BACK -> NoticeKind.CREDIT_TAKEN_BACK;
        };
    return plain(
        kind,
        event,
        Map.of(
            "adjustment", event.adjustment().value(),
            "amount", text(event.amount()),
            "at", text(event.at(), calendar)));
  }

  private static NoticeOccasion priceChanged(
      BillingEvent.PriceChanged event, BillingCalendar calendar) {
    NoticeKind kind =
        switch (event.change()) {
          case ADDED -> NoticeKind.PRICE_CHANGE_AHEAD;
          case WITHDRAWN -> NoticeKind.PRICE_CHANGE_WITHDRAWN;
        };
    return plain(
        kind,
        event,
        Map.of(
            "product", event.product().value(),
            "version", Integer.toString(event.version()),
            "effectiveFrom", text(event.effectiveFrom(), calendar)));
  }

  private static NoticeOccasion lowBalance(
      BillingEvent.LowBalance event, BillingCalendar calendar) {
    NoticeKind kind =
        switch (event.reason()) {
          case THRESHOLD -> NoticeKind.LOW_BALANCE;
          case FORECAST -> NoticeKind.LOW_BALANCE_FORECAST;
        };
    return plain(
        kind,
        event,
        Map.of(
            "available", text(event.available()),
            "threshold", event.threshold().map(NoticeOccasion::text).orElse("-"),
            "exhaustedAt", event.exhaustedAt().map(at -> text(at, calendar)).orElse("-")));
  }

  private static Map<String, String> billValues(
      BillingEvent.BillBooked event, BillingCalendar calendar) {
    return Map.of(
        "bill", event.bill().value(),
        "product", event.product().value(),
        "periodStart", text(event.periodStart(), calendar),
        "periodEnd", text(event.periodEnd(), calendar),
        "amount", text(event.amount()),
        "fromFunds", part(event.fromFunds()),
        "fromCredit", part(event.fromCredit()),
        "owed", part(event.owed()),
        "dueAt", text(event.dueAt(), calendar));
  }

  private static Map<String, String> rechargeValues(
      BillingEvent.RechargeBooked event, BillingCalendar calendar) {
    return Map.of(
        "amount", text(event.amount()),
        "channel", event.channel(),
        "valueTime", text(event.valueTime(), calendar),
        "toPrincipal", part(event.toPrincipal()),
        "toPenalty", part(event.toPenalty()),
        "toCredit", part(event.toCredit()),
        "toFunds", part(event.toFunds()));
  }

  private static NoticeOccasion plain(
      NoticeKind kind, BillingEvent event, Map<String, String> values) {
    return plain(kind, event.account(), event.rule(), event.at(), values);
  }

  private static NoticeOccasion plain(
      NoticeKind kind, AccountEvent event, Map<String, String> values) {
    return plain(kind, event.account(), event.rule(), event.at(), values);
  }

  private static NoticeOccasion plain(
      NoticeKind kind, AccountId account, RuleId rule, Instant at, Map<String, String> values) {
    return new NoticeOccasion(
        kind,
        account,
        rule,
        at,
        0,
        Optional.empty(),
        Optional.empty(),
        withAccount(account, values));
  }

  private static Map<String, String> withAccount(AccountId account, Map<String, String> values) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.put("account", account.value());
    return all;
  }

  private static String text(Money money) {
    return money.toString();
  }

  /** A part of an amount; empty where there is none, so that nothing is said of it. */
  private static String part(Money money) {
    return money.isZero() ? "" : text(money);
  }

  /** A share of one as its exact percentage without the sign; empty for nothing. */
  private static String percent(BigDecimal share) {
    return share.signum() == 0 ? "" : share.movePointRight(2).stripTrailingZeros().toPlainString();
  }

  private static String text(Instant instant, BillingCalendar calendar) {
    return LOCAL.format(calendar.zoned(instant));
  }
}
