package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
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

/** What cannot have happened cannot be said. */
class BookingTest {
  private static final Cause RECHARGE = new Cause(CauseKind.ALIPAY_RECHARGE, "r-1");
  private static final Cause REVERSAL = new Cause(CauseKind.ALIPAY_REVERSAL, "r-1");

  @Test
  void moneyThatComesInOrIsTakenBackIsAboveZero() {
    for (String amount : List.of("0", "-0.000001")) {
      refused(() -> new Booking.Received(RECHARGE, cny(amount), Optional.empty(), Rules.RECHARGE));
      refused(() -> new Booking.TakenBack(REVERSAL, cny(amount), Rules.RECHARGE));
    }
  }

  @Test
  void aCreditLimitIsNotNegative() {
    refused(() -> new Booking.CreditLimited(cny("-0.000001")));
  }

  @Test
  void aCorrectionIsNoBillAndABillNoCorrection() {
    refused(() -> new Booking.Billed(bill(Bill.Kind.CORRECTION, "-1")));
    refused(() -> new Booking.Corrected(List.of(bill(Bill.Kind.ADJUSTMENT, "-1")), ""));
    refused(() -> new Booking.Corrected(List.of(bill(Bill.Kind.CORRECTION, "1")), ""));
    refused(() -> new Booking.Corrected(List.of(), "nothing"));
  }

  private static void refused(ThrowingCallable happening) {
    assertThatThrownBy(happening).isInstanceOf(IllegalArgumentException.class);
  }

  private static Bill.Draft bill(Bill.Kind kind, String amount) {
    Instant start = Instant.parse("2024-03-01T00:00:00Z");
    return new Bill.Draft(
        BillId.of("b"),
        kind,
        ProductId.of("vm"),
        BillingCycle.HOUR,
        new Window(start, start.plusSeconds(3600)),
        cny(amount),
        Duration.ZERO,
        Optional.empty());
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
