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
 * Recomputes an account from its movements, in the order of their value times.
 *
 * <p>Needed when the past changes: money counts from before it was booked, a bill is corrected
 * downward, or a recharge is reversed. The replay tells what every later movement should have done,
 * and the differences are booked (C2.3). It applies the policies of the time, which come with the
 * movements and with the terms of each day.
 *
 * <p>Invariant: booking the movements one by one, replaying them from the beginning and replaying
 * them from any checkpoint give the same account.
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
   * @param every the least number of movements between two checkpoints
   */
  public Replay(PenaltyTerms terms, int every) {
    this.terms = terms;
    this.every = every;
  }

  /**
   * The outcome of a replay.
   *
   * @param books the account after the last movement
   * @param legs what each movement and each penalty moved, by cause, in the order of the replay
   * @param penalties the penalties of all days that were replayed
   * @param checkpoints the checkpoints that it made, in order
   */
  public record Result(
      Books books,
      Map<Cause, List<Leg>> legs,
      List<PenaltyDay> penalties,
      List<Checkpoint> checkpoints) {
    /** What the account has and owes after the last movement. */
    public Balances balances() {
      return books.balances();
    }
  }

  /**
   * Replays the whole history.
   *
   * @param movements all movements, in any order
   * @param accruedTo the penalties of all days that ended by then are accrued
   */
  public Result run(CurrencyCode currency, List<Movement> movements, Instant accruedTo) {
    return from(Checkpoint.beginning(currency), movements, accruedTo)
        .orElseThrow(() -> new IllegalStateException("the history begins at its beginning"));
  }

  /**
   * Replays from a checkpoint.
   *
   * @param movements the movements that it does not contain, in any order
   * @param accruedTo the penalties of all days that ended by then are accrued
   * @return empty if a reversal takes back what was paid before the checkpoint, or uncovers a bill
   *     whose due time the checkpoint does not tell
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

  /** The leg of a penalty: it increases what is unpaid. */
  public static Leg legOf(PenaltyDay day) {
    return Leg.of(SubAccount.PENALTY, day.bill(), day.amount().negated());
  }

  /** Accrues penalties day by day, and skips times in which nothing is owed. */
  public static final class Accrual {
    private final PenaltyTerms terms;
    private Instant accruedTo;

    /**
     * @param accruedTo the penalties of all days that ended by then are accrued already
     */
    public Accrual(PenaltyTerms terms, Instant accruedTo) {
      this.terms = terms;
      this.accruedTo = accruedTo;
    }

    /** The penalties of all days that ended by then are accrued. */
    Instant accruedTo() {
      return accruedTo;
    }

    /** Accrues the days that have ended since, up to {@code until}; returns their penalties. */
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
