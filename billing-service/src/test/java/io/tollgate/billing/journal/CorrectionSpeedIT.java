package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.testing.Billing;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillId;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import io.tollgate.model.Window;
import io.tollgate.store.jdbc.Transactions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a correction costs does not grow with the years of an account. */
class CorrectionSpeedIT {
  private static final Instant START = Instant.parse("2024-02-29T16:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int FIVE_YEARS = 5 * 365 * 24;
  private static final int A_MONTH = 30 * 24;
  private static final int A_WEEK = 7 * 24;
  private static final int BATCH = 1_460;
  private static final int ROUNDS = 9;

  /** Replaying five years takes sixty times as long as replaying a month. */
  private static final int GENEROUS = 10;

  @Test
  void aWeekOldBillIsCorrectedAsFastAfterFiveYearsAsAfterAMonth(@TempDir Path directory) {
    try (Billing billing = Billing.start(directory, "2024-03-01T00:00")) {
      Booker booker =
          new Booker(
              billing.service().bean(Ledger.class), billing.service().bean(Transactions.class));
      billing.open("young", "2024-03-01T00:00");
      billing.open("old", "2024-03-01T00:00");
      booker.billHours("young", A_MONTH);
      booker.billHours("old", FIVE_YEARS);
      // What autovacuum does between years of bills.
      for (String table : List.of("movement", "posting", "bill")) {
        billing.service().bean(JdbcClient.class).sql("analyze " + table).update();
      }

      long young = booker.medianMicrosOfCorrecting("young", A_MONTH - A_WEEK);
      long old = booker.medianMicrosOfCorrecting("old", FIVE_YEARS - A_WEEK);

      System.out.printf(
          "correcting a bill of a week ago: %d us after a month, %d us after five years%n",
          young, old);
      assertThat(old).isLessThan(GENEROUS * young);
      // 100,000 less 43,800 bills of 1, and the 9 corrected ones cost nothing.
      assertThat(billing.balance("old", "funds")).isEqualTo("56209.000000");
      assertThat(billing.service().bean(AccountAudit.class).replayAll())
          .hasSize(2)
          .allMatch(finding -> finding.difference().signum() == 0);
    }
  }

  /** Books hourly bills of 1, and corrects some of them. */
  private record Booker(Ledger ledger, Transactions transactions) {

    void billHours(String account, int hours) {
      book(
          account,
          START,
          new Booking.Received(
              new Cause(CauseKind.ALIPAY_RECHARGE, "r-" + account),
              cny("100000"),
              Optional.empty(),
              Rules.RECHARGE));
      for (int from = 0; from < hours; from += BATCH) {
        int first = from;
        transactions.run(
            () -> {
              OpenAccount open = ledger.lockOne(AccountId.of(account), START);
              for (int hour = first; hour < Math.min(first + BATCH, hours); hour++) {
                open.book(new Booking.Billed(bill(account, hour)), endOf(hour));
              }
              ledger.store(List.of(open));
              return first;
            });
      }
    }

    long medianMicrosOfCorrecting(String account, int firstHour) {
      Instant at = endOf(firstHour + A_WEEK);
      long[] micros = new long[ROUNDS];
      for (int round = 0; round < ROUNDS; round++) {
        Booking correction =
            new Booking.Corrected(List.of(correction(account, firstHour + round)), "a test");
        long begun = System.nanoTime();
        book(account, at, correction);
        micros[round] = (System.nanoTime() - begun) / 1_000;
      }
      Arrays.sort(micros);
      return micros[ROUNDS / 2];
    }

    private void book(String account, Instant at, Booking booking) {
      transactions.run(
          () -> {
            OpenAccount open = ledger.lockOne(AccountId.of(account), START);
            Booked booked = open.book(booking, at);
            ledger.store(List.of(open));
            return booked;
          });
    }
  }

  private static Instant endOf(int hour) {
    return START.plus(HOUR.multipliedBy(hour + 1));
  }

  private static Bill.Draft bill(String account, int hour) {
    return draft(
        "%s-%d".formatted(account, hour), Bill.Kind.CYCLE, hour, cny("1"), Optional.empty());
  }

  private static Bill.Draft correction(String account, int hour) {
    Bill.Draft bill = bill(account, hour);
    return draft(
        bill.id() + "-less",
        Bill.Kind.CORRECTION,
        hour,
        bill.amount().negated(),
        Optional.of(bill.id()));
  }

  private static Bill.Draft draft(
      String id, Bill.Kind kind, int hour, Money amount, Optional<BillId> adjusts) {
    return new Bill.Draft(
        BillId.of(id),
        kind,
        ProductId.of("vm"),
        BillingCycle.HOUR,
        new Window(endOf(hour).minus(HOUR), endOf(hour)),
        amount,
        Duration.ZERO,
        adjusts);
  }

  private static Money cny(String amount) {
    return Money.of(amount, CurrencyCode.CNY);
  }
}
