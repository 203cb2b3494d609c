package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.AccountId;
import io.tollgate.model.AdjustmentId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.RechargeId;
import io.tollgate.model.RuleId;
import io.tollgate.model.event.BillingEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Notices derive from the ids of events: the same happening must make the same id for ever. */
class EventIdsTest {
  private static final AccountId ACME = AccountId.of("acme");
  private static final BillId BILL = BillId.of("bill-1");
  private static final ProductId DISK = ProductId.of("disk");
  private static final RechargeId RECHARGE = RechargeId.of("rch-1");
  private static final Money ONE = Money.of("1", CurrencyCode.CNY);
  private static final Instant AT = Instant.parse("2026-03-01T00:00:00Z");
  private static final RuleId RULE = new RuleId("C2.3");

  @Test
  void billsAndRechargesAreToldOnceByTheirOwnIds() {
    assertId(
        new BillingEvent.BillBooked(
            ACME, BILL, DISK, BillingCycle.DAY, AT, AT, ONE, ONE, ONE, ONE, AT, AT, RULE),
        "bill-booked:bill-1");
    assertId(
        new BillingEvent.BillAdjusted(ACME, BILL, BILL, DISK, AT, AT, ONE, AT, RULE),
        "bill-adjusted:bill-1");
    assertId(
        new BillingEvent.RechargeBooked(
            ACME, RECHARGE, "ALIPAY", Optional.empty(), ONE, ONE, ONE, ONE, ONE, AT, AT, RULE),
        "recharge-booked:rch-1");
    assertId(
        new BillingEvent.RechargeReversed(ACME, RECHARGE, Optional.empty(), ONE, ONE, AT, RULE),
        "recharge-reversed:rch-1");
    assertId(
        new BillingEvent.RemittanceRejected(ACME, RECHARGE, "t-1", ONE, "unknown", AT, RULE),
        "remittance-rejected:rch-1");
    assertId(
        new BillingEvent.AdjustmentBooked(
            ACME, AdjustmentId.of("adj-1"), BillingEvent.AdjustmentKind.CREDITED, ONE, AT, RULE),
        "adjustment-booked:adj-1");
  }

  @Test
  void aDaysPenaltyIsToldOnce() {
    assertId(
        new BillingEvent.PenaltyAccrued(
            ACME, BILL, LocalDate.of(2026, 3, 1), ONE, ONE, ONE, AT, RULE),
        "penalty-accrued:bill-1:2026-03-01");
  }

  @Test
  void whatMayHappenTwiceAtOneInstantBearsItsPlace() {
    assertId(
        new BillingEvent.ArrearsBegan(ACME, DISK, BILL, AT, ONE, Optional.empty(), AT, RULE),
        "arrears-began:acme:disk:2026-03-01T00:00:00Z:7");
    assertId(
        new BillingEvent.ArrearsRetimed(ACME, DISK, BILL, AT, ONE, AT, RULE),
        "arrears-retimed:acme:bill-1:2026-03-01T00:00:00Z:7");
    assertId(
        new BillingEvent.ArrearsCleared(ACME, DISK, ONE, AT, RULE),
        "arrears-cleared:acme:disk:2026-03-01T00:00:00Z:7");
    assertId(
        new BillingEvent.DebtStated(ACME, ONE, ONE, AT, RULE),
        "debt-stated:acme:2026-03-01T00:00:00Z:7");
    assertId(
        new BillingEvent.LowBalance(
            ACME,
            BillingEvent.LowBalance.Reason.FORECAST,
            ONE,
            Optional.empty(),
            Optional.empty(),
            AT,
            RULE),
        "low-balance:acme:FORECAST:2026-03-01T00:00:00Z:7");
  }

  @Test
  void whatConcernsManyAccountsNamesTheAccount() {
    assertId(
        new BillingEvent.ForceMajeureDeclared(ACME, "fm-1", AT, AT, "flood", AT, RULE),
        "force-majeure:fm-1:acme:2026-03-01T00:00:00Z");
    assertId(
        new BillingEvent.PriceChanged(ACME, DISK, 2, BillingEvent.PriceChange.ADDED, AT, AT, RULE),
        "price-changed:acme:disk:2:ADDED");
  }

  private static void assertId(BillingEvent event, String id) {
    assertThat(EventIds.of(event, "7")).isEqualTo(id);
  }
}
