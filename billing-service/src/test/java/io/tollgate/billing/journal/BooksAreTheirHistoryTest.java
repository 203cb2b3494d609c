package io.tollgate.billing.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.CauseKind;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.Pot;
import io.tollgate.billing.money.Replay;
import io.tollgate.billing.money.SubAccount;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.Money;
import io.tollgate.model.ProductId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever happens to an account, in whatever order and at whatever instants: booking it one by one
 * gives what replaying its whole history gives, so does replaying from any checkpoint, and what was
 * published last is what is owed, in all and for each product.
 *
 * <p>Bills of several products, with and without a term and of nothing at all, money now and with
 * an earlier value time in both orders of allocation, reversals, limits raised and lowered,
 * corrections downward within and beyond the bills, days that are excused and a rate that changes.
 */
class BooksAreTheirHistoryTest {
  private static final Instant START = Instant.parse("2024-03-01T00:00:00Z");
  private static final LocalDate DEARER = LocalDate.parse("2024-03-09");
  private static final LocalDate EXCUSED = LocalDate.parse("2024-03-05");
  private static final List<ProductId> PRODUCTS =
      List.of(ProductId.of("vm"), ProductId.of("disk"), ProductId.of("ip"));
  private static final int STEPS = 150;
  private static final int CHECKPOINTS_EVERY = 10;

  private static final PenaltyTerms TERMS =
      new PenaltyTerms(
          BillingCalendar.SHANGHAI,
          (bill, day) ->
              day.equals(EXCUSED)
                  ? BigDecimal.ZERO
                  : new BigDecimal(day.isBefore(DEARER) ? "0.001" : "0.0015"));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void bookingOneByOneIsReplayingAll(long seed) {
    new Story(seed).play();
  }

  /** What happens to one account. */
  private static final class Story {
    private final long seed;
    private final Random random;
    private final OneAccount account = new OneAccount(TERMS, START);
    private Instant now = START;
    private int number;

    Story(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    void play() {
      for (int step = 0; step < STEPS; step++) {
        // Every third time nothing passes: several movements bear one instant.
        now = now.plus(Duration.ofHours(random.nextInt(3) == 0 ? 0 : random.nextInt(24)));
        passTime();
        String what = happen();
        check("seed %d, step %d: %s at %s".formatted(seed, step, what, now));
      }
    }

    /** What sweeps do when bills fall due. */
    private void passTime() {
      Optional<Instant> due = account.nextDueAt();
      while (due.isPresent() && !due.get().isAfter(now)) {
        OpenAccount open = open();
        open.publishArrears(due.get());
        account.store(open);
        due = account.nextDueAt();
      }
    }

    private OpenAccount open() {
      return account.open(
          random.nextBoolean() ? AllocationOrder.PRINCIPAL_FIRST : AllocationOrder.PENALTY_FIRST);
    }

    private Money amount(int upTo) {
      return Money.of(BigDecimal.valueOf(random.nextInt(upTo), 2).toPlainString(), OneAccount.CNY);
    }

    /** One thing or two in one transaction, in any order. */
    private String happen() {
      OpenAccount open = open();
      String what = act(open, random.nextInt(10));
      if (random.nextInt(4) == 0) {
        what += ", then " + act(open, random.nextInt(9));
      }
      account.store(open);
      return what;
    }

    /**
     * What may be taken back is known from what is stored: that is the first in its transaction.
     */
    private String act(OpenAccount open, int action) {
      number++;
      Instant at = open.notBeforeLast(now);
      return switch (action) {
        case 0, 1 -> bill(open, at);
        case 2 -> bill(open, earlier(now));
        case 3, 4 -> receive(open, at, at);
        case 5 -> receive(open, earlier(at), at);
        case 6 -> limit(open, at);
        case 7 -> correct(open, at);
        case 8 -> {
          var unused = open.book(new Booking.DaysEnded(), at);
          yield "days";
        }
        default -> reverse(open, at);
      };
    }

    private String bill(OpenAccount open, Instant at) {
      Money amount = random.nextInt(8) == 0 ? OneAccount.zero() : amount(18_000);
      Duration term = random.nextInt(3) == 0 ? Duration.ofHours(60) : Duration.ZERO;
      var unused =
          open.book(
              new Booking.Billed(
                  OneAccount.bill("bill-" + number, PRODUCTS.get(number % 3), amount, at, term)),
              at);
      return "bill of " + amount;
    }

    private Instant earlier(Instant at) {
      Instant earlier = at.minus(Duration.ofHours(random.nextInt(100)));
      return earlier.isBefore(START) ? START : earlier;
    }

    private String receive(OpenAccount open, Instant valueTime, Instant at) {
      Money amount = amount(12_000).plus(Money.of("0.01", OneAccount.CNY));
      var unused =
          open.book(
              new Booking.Received(
                  new Cause(CauseKind.ALIPAY_RECHARGE, "r-" + number),
                  amount,
                  Optional.of(valueTime),
                  Rules.RECHARGE),
              at);
      return "money " + amount + " of " + valueTime;
    }

    /** A part of what came in at any time, and was not taken back. */
    private String reverse(OpenAccount open, Instant at) {
      Money in = OneAccount.zero();
      for (Movement movement : account.past().movements()) {
        if (movement instanceof Movement.Receipt receipt) {
          in = in.plus(receipt.amount());
        } else if (movement instanceof Movement.Reversal reversal) {
          in = in.minus(reversal.amount());
        }
      }
      Money amount = amount(9_000).min(in);
      if (!amount.isPositive()) {
        return "nothing";
      }
      var unused =
          open.book(
              new Booking.TakenBack(
                  new Cause(CauseKind.ALIPAY_REVERSAL, "r-" + number), amount, Rules.RECHARGE),
              at);
      return "reversal of " + amount;
    }

    private String limit(OpenAccount open, Instant at) {
      Money limit = amount(40_000);
      var unused = open.book(new Booking.CreditLimited(limit), at);
      return "limit " + limit;
    }

    /** Of a bill, sometimes more than is left of it: the rest is a credit. */
    private String correct(OpenAccount open, Instant at) {
      List<Bill> correctable = account.correctable();
      if (correctable.isEmpty()) {
        return "nothing";
      }
      Bill bill = correctable.get(random.nextInt(correctable.size()));
      Money wanted = amount(8_000).plus(Money.of("0.01", OneAccount.CNY));
      var unused =
          open.book(
              new Booking.Corrected(
                  List.of(OneAccount.correction("correction-" + number, bill, wanted)),
                  "corrected"),
              at);
      return "correction of " + wanted + " on " + bill.id();
    }

    private void check(String where) {
      Past past = account.past();
      Replay.Result result =
          new Replay(TERMS).run(OneAccount.CNY, past.movements(), account.accruedTo());
      assertThat(past.differences(result.legs())).as(where).isEmpty();
      assertThat(account.balances()).as(where).isEqualTo(result.balances());
      if (number % CHECKPOINTS_EVERY == 0) {
        checkCheckpoints(past, result, where);
      }
      for (SubAccount part : SubAccount.values()) {
        assertThat(account.posted(part)).as(where).isEqualTo(account.balances().total(part));
      }
      assertThat(account.byAnotherRule()).as(where).isEmpty();
      assertThat(account.statedPenalty).as(where).isEqualTo(result.balances().penalty());
      assertThat(account.statedOwed)
          .as(where)
          .isEqualTo(result.balances().owed(account.debtPublishedTo()));
      assertThat(account.toldArrears).as(where).isEqualTo(arrears(result.balances()));
    }

    /** The earliest due bill that is unpaid, of each product. */
    private Map<ProductId, ProductArrears> arrears(Balances balances) {
      Map<ProductId, ProductArrears> arrears = new HashMap<>();
      // The oldest comes first.
      for (Pot pot : balances.pots().keySet()) {
        if (pot instanceof Pot.Principal owed && !owed.since().isAfter(account.debtPublishedTo())) {
          ProductId product = account.productOf(owed.bill());
          arrears.putIfAbsent(product, new ProductArrears(product, owed.bill(), owed.since()));
        }
      }
      return arrears;
    }

    private void checkCheckpoints(Past past, Replay.Result result, String where) {
      for (Checkpoint checkpoint : account.checkpoints()) {
        new Replay(TERMS)
            .from(checkpoint, after(checkpoint, past), account.accruedTo())
            .ifPresent(
                later ->
                    assertThat(later.balances())
                        .as(where + ", from " + checkpoint.sequence())
                        .isEqualTo(result.balances()));
      }
    }

    private static List<Movement> after(Checkpoint checkpoint, Past past) {
      return past.movements().stream()
          .filter(movement -> movement.sequence() > checkpoint.sequence())
          .toList();
    }
  }
}
