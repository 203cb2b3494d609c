package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.BillingEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An account decides by itself whether what is booked on it changes the past. */
class OpenAccountTest {
  private static final PenaltyTerms TERMS =
      new PenaltyTerms(BillingCalendar.SHANGHAI, (bill, day) -> new BigDecimal("0.001"));

  private final OneAccount account = new OneAccount(TERMS, at("2024-03-01T00:00"));

  @Test
  void whatChangesNothingOfThePastDoesNotReadIt() {
    book(bill("100"), "2024-03-01T10:00");
    book(received("r-1", "20", "2024-03-04T12:00"), "2024-03-04T12:00");
    book(new Booking.CreditLimited(cny("50")), "2024-03-04T13:00");

    assertThat(account.timesRead()).isZero();
    assertThat(account.balances().creditDrawn()).isEqualTo(cny("50"));
    // 100 on the 2nd and 3rd cost 0.10 each; 20 paid, 50 covered by credit.
    assertThat(account.balances().principal()).isEqualTo(cny("30"));
    assertThat(account.balances().penalty()).isEqualTo(cny("0.2"));
  }

  @Test
  void moneyThatCountsEarlierTakesDaysBack() {
    book(bill("100"), "2024-03-01T10:00");
    book(new Booking.DaysEnded(), "2024-03-05T00:00");
    assertThat(account.balances().penalty()).isEqualTo(cny("0.3"));

    Booked booked = book(received("r-1", "100", "2024-03-03T12:00"), "2024-03-05T08:00");

    assertThat(account.timesRead()).isEqualTo(1);
    assertThat(booked.at()).isEqualTo(at("2024-03-05T08:00"));
    assertThat(Allocation.of(booked.legs(), OneAccount.CNY).toPrincipal()).isEqualTo(cny("100"));
    assertThat(account.balances().penalty()).isEqualTo(cny("0.1"));
  }

  @Test
  void aTransactionMayBookThePresentBeforeThePast() {
    OpenAccount open = account.open(AllocationOrder.PRINCIPAL_FIRST);
    open.book(bill("100"), at("2024-03-01T10:00"));
    open.book(new Booking.DaysEnded(), at("2024-03-03T00:00"));
    open.book(received("r-1", "40", "2024-03-01T12:00"), at("2024-03-03T08:00"));
    open.book(received("r-2", "60", "2024-03-01T13:00"), at("2024-03-03T08:00"));
    account.store(open);

    assertThat(account.balances().penalty()).isEqualTo(cny("0"));
    assertThat(account.balances().principal()).isEqualTo(cny("0"));
    assertThat(account.posted(SubAccount.PENALTY)).isEqualTo(cny("0"));
  }

  /** Bill 40 with a correction of -50.50: 40 off from its due time, 10.50 to funds. */
  @Test
  void aCorrectionBeyondTheBillsIsCredited() {
    book(bill("40"), "2024-03-01T10:00");
    book(new Booking.DaysEnded(), "2024-03-03T00:00");
    Bill bill = account.correctable().getFirst();

    book(
        new Booking.Corrected(
            List.of(OneAccount.correction("c-1", bill, cny("50.50"))), "usage was corrected"),
        "2024-03-03T08:00");

    assertThat(account.balances().principal()).isEqualTo(cny("0"));
    assertThat(account.balances().penalty()).isEqualTo(cny("0"));
    assertThat(account.balances().funds()).isEqualTo(cny("10.50"));
  }

  @Test
  void nothingIsBookedBeforeWhatIsBookedAlready() {
    book(bill("100"), "2024-03-01T10:00");

    Booked booked = book(new Booking.CreditLimited(cny("10")), "2024-03-01T09:00");

    assertThat(booked.at()).isEqualTo(at("2024-03-01T10:00"));
  }

  @Test
  void moneyDoesNotCountBeforeItIsThere() {
    assertThatThrownBy(() -> book(received("r-1", "1", "2024-03-02T00:00"), "2024-03-01T10:00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("after it is booked");
  }

  /** 60 of vm fall due at 20:00 and are published; then 5 of disk are booked, owed from 12:00. */
  @Test
  void whatWasPublishedAsOwedStaysOwedWhateverIsBookedBeforeThat() {
    book(
        new Booking.Billed(
            OneAccount.bill("bill-1", cny("60"), at("2024-03-01T10:00"), Duration.ofHours(34))),
        "2024-03-01T10:00");
    OpenAccount swept = account.open(AllocationOrder.PRINCIPAL_FIRST);
    swept.publishArrears(at("2024-03-02T20:00"));
    account.store(swept);
    ProductId disk = ProductId.of("disk");

    OpenAccount open = account.open(AllocationOrder.PRINCIPAL_FIRST);
    open.book(
        new Booking.Billed(
            OneAccount.bill("bill-2", disk, cny("5"), at("2024-03-02T12:00"), Duration.ZERO)),
        at("2024-03-02T12:00"));
    account.store(open);

    assertThat(open.events())
        .hasExactlyElementsOfTypes(
            BillingEvent.BillBooked.class,
            BillingEvent.ArrearsBegan.class,
            BillingEvent.DebtStated.class);
    ProductId vm = ProductId.of("vm");
    assertThat(account.toldArrears)
        .containsOnly(
            Map.entry(vm, new ProductArrears(vm, BillId.of("bill-1"), at("2024-03-02T20:00"))),
            Map.entry(disk, new ProductArrears(disk, BillId.of("bill-2"), at("2024-03-02T12:00"))));
    assertThat(account.statedOwed).isEqualTo(cny("65"));
  }

  private Booked book(Booking booking, String at) {
    OpenAccount open = account.open(AllocationOrder.PRINCIPAL_FIRST);
    Booked booked = open.book(booking, at(at));
    account.store(open);
    return booked;
  }

  private static Booking bill(String amount) {
    return new Booking.Billed(
        OneAccount.bill("bill-1", cny(amount), at("2024-03-01T10:00"), Duration.ZERO));
  }

  private static Booking received(String recharge, String amount, String valueTime) {
    return new Booking.Received(
        new Cause(CauseKind.ALIPAY_RECHARGE, recharge),
        cny(amount),
        Optional.of(at(valueTime)),
        Rules.RECHARGE);
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(BillingCalendar.SHANGHAI.zone()).toInstant();
  }

  private static Money cny(String amount) {
    return Money.of(amount, OneAccount.CNY);
  }
}
