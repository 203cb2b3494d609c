package io.tollgate.billing.money;

import static io.tollgate.model.Instants.earlier;
import static io.tollgate.model.Instants.later;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.CurrencyCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recomputes an account from its movements in order of value time.
 *
 * <p>Money that arrived earlier than it was booked, a bill corrected downward and a reversed
 * recharge change what later movements did; the replay says what they should have done, and the
 * differences are booked (C2.3). What policy decided comes with the movements and with the terms of
 * each day: the past stays as it was ruled then. Booking in order gives the same as replaying, from
 * the beginning or from any checkpoint: that is the invariant behind penalties and balances.
 */
public final class Replay {
  private final PenaltyTerms terms;
  private final int every;

  /** A replay that makes no checkpoints. */
  public Replay(PenaltyTerms terms) {
    this(terms, Integer.MAX_VALUE);
  }

  /**
   * A replay that makes checkpoints.
   *
   * @param every after how many movements one is made at the earliest
   */
  public Replay(PenaltyTerms terms, int every) {
    this.terms = terms;
    this.every = every;
  }

  /**
   * What the account's history comes to.
   *
   * @param books the account afterwards
   * @param legs what each movement and each day's penalty did, by cause, in order
   * @param penalties each bill's penalty of each day
   * @param checkpoints from which later replays may begin
   */
  public record Result(
      Books books,
      Map<Cause, List<Leg>> legs,
      List<PenaltyDay> penalties,
      List<Checkpoint> checkpoints) {
    /** What the account has and owes afterwards. */
    public Balances balances() {
      return books.balances();
    }
  }

  /**
   * Replays from the beginning.
   *
   * @param movements the whole history, in any order
   * @param accruedTo penalties of the days that ended by then are accrued
   */
  public Result run(CurrencyCode currency, List<Movement> movements, Instant accruedTo) {
    return from(Checkpoint.beginning(currency), movements, accruedTo)
        .orElseThrow(() -> new IllegalStateException("the history begins at its beginning"));
  }

  /**
   * Replays from a checkpoint.
   *
   * @param movements those that it does not contain, in any order
   * @param accruedTo penalties of the days that ended by then are accrued
   * @return empty when a reversal takes back what came in before the checkpoint
   */
  public Optional<Result> from(Checkpoint start, List<Movement> movements, Instant accruedTo) {
    try {
      return Optional.of(replay(start, movements, accruedTo));
    } catch (HistoryTooShortException e) {
      return Optional.empty();
    }
  }

  private Result replay(Checkpoint start, List<Movement> movements, Instant accruedTo) {
    Books books = Books.from(start);
    Map<Cause, List<Leg>> legs = new LinkedHashMap<>();
    List<PenaltyDay> penalties = new ArrayList<>();
    Accrual accrual = new Accrual(terms, start.accruedTo());
    List<Movement> sorted = movements.stream().sorted(Movement.BY_VALUE_TIME).toList();
    Checkpoints checkpoints = new Checkpoints(every, start, sorted);
    for (Movement movement : sorted) {
      penalties.addAll(accrual.to(books, earlier(movement.valueTime(), accruedTo)));
      List<Leg> own = books.apply(movement);
      if (!own.isEmpty()) {
        legs.put(movement.cause(), own);
      }
      checkpoints.moved(movement, accrual.accruedTo(), books);
    }
    penalties.addAll(accrual.to(books, accruedTo));
    penalties.forEach(day -> legs.put(day.cause(), List.of(legOf(day))));
    return new Result(books, legs, penalties, checkpoints.made());
  }

  /** What a day's penalty does to the account. */
  public static Leg legOf(PenaltyDay day) {
    return Leg.of(SubAccount.PENALTY, day.bill(), day.amount().negated());
  }

  /** Accrues day after day, without walking through times in which nothing was owed. */
  public static final class Accrual {
    private final PenaltyTerms terms;
    private Instant accruedTo;

    /**
     * @param accruedTo the days that ended by then are accrued already
     */
    public Accrual(PenaltyTerms terms, Instant accruedTo) {
      this.terms = terms;
      this.accruedTo = accruedTo;
    }

    /** The days that ended by then are accrued. */
    Instant accruedTo() {
      return accruedTo;
    }

    /** Accrues the days that ended after what is accrued and at {@code until} at the latest. */
    public List<PenaltyDay> to(Books books, Instant until) {
      List<PenaltyDay> days = new ArrayList<>();
      BillingCalendar calendar = terms.calendar();
      Instant earliestDue = books.earliestDue();
      if (earliestDue.isBefore(until)) {
        LocalDate day = calendar.dateOf(earliestDue).plusDays(1);
        if (accruedTo.isAfter(earliestDue)) {
          LocalDate next = calendar.dateOf(accruedTo);
          day = next.isAfter(day) ? next : day;
        }
        for (; !calendar.startOf(day.plusDays(1)).isAfter(until); day = day.plusDays(1)) {
          days.addAll(books.accrue(day, terms));
        }
      }
      accruedTo = later(accruedTo, until);
      return days;
    }
  }
}
