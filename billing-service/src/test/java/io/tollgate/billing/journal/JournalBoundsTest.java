package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the types of the journal say of themselves, they hold. */
class JournalBoundsTest {
  private static final Instant AT = Instant.parse("2024-03-01T02:00:00Z");
  private static final BillId ORIGINAL = BillId.of("original");
  private static final Cause RECHARGE = new Cause(CauseKind.ALIPAY_RECHARGE, "r-1");

  @Test
  void aCyclesFirstBillAdjustsNoneAndMayBeNegative() {
    assertThat(bill(Bill.Kind.CYCLE, "-49.50", Duration.ZERO, Optional.empty()).amount())
        .isEqualTo(cny("-49.50"));
    refused(() -> bill(Bill.Kind.CYCLE, "1", Duration.ZERO, Optional.of(ORIGINAL)));
  }

  @Test
  void anAdjustmentNamesItsBillAndIsNotNegative() {
    assertThat(adjusting(Bill.Kind.ADJUSTMENT, "0").adjusts()).contains(ORIGINAL);
    refused(() -> adjusting(Bill.Kind.ADJUSTMENT, "-0.000001"));
    refused(() -> bill(Bill.Kind.ADJUSTMENT, "1", Duration.ZERO, Optional.empty()));
  }

  @Test
  void aCorrectionNamesItsBillAndIsNegative() {
    assertThat(adjusting(Bill.Kind.CORRECTION, "-0.000001").adjusts()).contains(ORIGINAL);
    refused(() -> adjusting(Bill.Kind.CORRECTION, "0"));
    refused(() -> bill(Bill.Kind.CORRECTION, "-1", Duration.ZERO, Optional.empty()));
  }

  @Test
  void noBillFallsDueBeforeItIsBooked() {
    assertThat(bill(Bill.Kind.CYCLE, "1", Duration.ZERO, Optional.empty()).dueAt()).isEqualTo(AT);
    refused(() -> bill(Bill.Kind.CYCLE, "1", Duration.ofNanos(-1), Optional.empty()));
  }

  @Test
  void nothingCountsAfterItIsBooked() {
    Movement receipt =
        new Movement.Receipt(RECHARGE, 1, AT, cny("1"), AllocationOrder.PRINCIPAL_FIRST);
    Leg leg = new Leg(SubAccount.FUNDS, Optional.empty(), cny("1"));
    assertThat(new BookedMovement(receipt, AT, Rules.RECHARGE).bookedAt()).isEqualTo(AT);
    refused(() -> new BookedMovement(receipt, AT.minusNanos(1), Rules.RECHARGE));
    refused(() -> new Posting(RECHARGE, leg, AT, AT.minusNanos(1), Rules.RECHARGE, ""));
  }

  @Test
  void movementsAreNumberedFromOneAndTimeDoesNotGoBack() {
    refused(() -> new Progress(AT, AT, 0));
    Progress progress =
        new Progress(AT, AT, 1).moved(AT.minusSeconds(5)).accrued(AT.plusSeconds(5));
    assertThat(progress).isEqualTo(new Progress(AT.plusSeconds(5), AT, 2));
    assertThat(progress.accrued(AT)).isEqualTo(progress);
  }

  @Test
  void aReceiptIsUsedForNothingNegative() {
    Money zero = cny("0");
    refused(() -> new Allocation(cny("-1"), zero, zero, zero));
    refused(() -> new Allocation(zero, zero, zero, cny("-1")));
    assertThat(
            Allocation.of(
                List.of(
                    new Leg(SubAccount.PRINCIPAL, Optional.of(ORIGINAL), cny("2")),
                    new Leg(SubAccount.PENALTY, Optional.of(ORIGINAL), cny("0.5")),
                    new Leg(SubAccount.CREDIT, Optional.of(ORIGINAL), cny("3")),
                    new Leg(SubAccount.FUNDS, Optional.empty(), cny("4"))),
                CurrencyCode.CNY))
        .isEqualTo(new Allocation(cny("2"), cny("0.5"), cny("3"), cny("4")));
  }

  private static Bill adjusting(Bill.Kind kind, String amount) {
    return bill(kind, amount, Duration.ZERO, Optional.of(ORIGINAL));
  }

  private static Bill bill(Bill.Kind kind, String amount, Duration term, Optional<BillId> adjusts) {
    return new Bill.Draft(
            BillId.of("b"),
            kind,
            ProductId.of("vm"),
            BillingCycle.HOUR,
            new Window(AT.minusSeconds(3600), AT),
            cny(amount),
            term,
            adjusts)
        .bookedAt(AT);
  }

  private static void refused(ThrowingCallable made) {
    assertThatThrownBy(made).isInstanceOf(IllegalArgumentException.class);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
