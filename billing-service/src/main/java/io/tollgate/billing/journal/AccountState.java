package io.tollgate.billing.journal;

import static io.tollgate.model.Instants.later;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Books;
import io.tollgate.billing.money.Checkpoint;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.Movement;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.billing.money.PenaltyTerms;
import io.tollgate.billing.money.Replay;
import io.tollgate.model.BillingCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Where a locked account stands while things are booked on it: its books and how far they go. */
final class AccountState {
  private final PenaltyTerms terms;
  private Books books;
  private Balances balances;
  private Progress progress;

  AccountState(StoredAccount stored) {
    this.terms = stored.terms().penalties();
    this.balances = stored.balances();
    this.books = new Books(balances);
    this.progress = stored.progress();
  }

  Balances balances() {
    return balances;
  }

  Progress progress() {
    return progress;
  }

  /** Nothing is booked before what is booked or accrued: the order of booking is that of time. */
  Instant notBeforeLast(Instant at) {
    return later(at, later(progress.accruedTo(), progress.lastMovementAt()));
  }

  /** The same for a charge, which no day that is accrued already would have cost a penalty. */
  Instant chargedNotBefore(Instant at) {
    Instant first = terms.firstWithoutPenalty(progress.accruedTo());
    return later(at, later(first, progress.lastMovementAt()));
  }

  /** Moves what a movement moves. */
  List<Leg> apply(Movement movement, Instant bookedAt) {
    List<Leg> legs = books.apply(movement);
    balances = books.balances();
    numbered(bookedAt);
    return legs;
  }

  /** A movement is booked that a recomputation will move. */
  void numbered(Instant bookedAt) {
    progress = progress.moved(bookedAt);
  }

  /** Accrues the penalties of the days that ended by an instant (C2.3). */
  List<PenaltyDay> accrueTo(Instant until) {
    List<PenaltyDay> days = new Replay.Accrual(terms, progress.accruedTo()).to(books, until);
    if (!days.isEmpty()) {
      balances = books.balances();
    }
    progress = progress.accrued(until);
    return days;
  }

  /**
   * Recomputes the account from its movements; penalties are accrued as far as they were.
   *
   * @param every after how many movements a checkpoint is made
   * @return empty, and nothing is changed, when the past does not reach back far enough
   */
  Optional<Replay.Result> replay(Past past, Instant until, int every) {
    Progress accrued = progress.accrued(until);
    Optional<Replay.Result> result =
        new Replay(terms, every).from(past.from(), past.movements(), accrued.accruedTo());
    result.ifPresent(
        replayed -> {
          progress = accrued;
          books = replayed.books();
          balances = books.balances();
        });
    return result;
  }

  /** The first natural day whose penalty a checkpoint does not contain. */
  LocalDate firstDayAfter(Checkpoint checkpoint) {
    return checkpoint.isBeginning()
        ? LocalDate.EPOCH
        : terms.calendar().dateOf(checkpoint.accruedTo());
  }

  /** What the postings of a day's penalty have in common: it counts from the day's end. */
  Origin originOf(PenaltyDay day) {
    return new Origin(Rules.ARREARS, terms.calendar().startOf(day.day().plusDays(1)));
  }

  /** How the account stands now. */
  Checkpoint checkpoint() {
    return new Checkpoint(
        progress.nextSequence() - 1, progress.lastMovementAt(), progress.accruedTo(), balances);
  }

  /** End of the next day that may cost a penalty; empty while nothing is unpaid. */
  Optional<Instant> penaltyDueAt() {
    BillingCalendar calendar = terms.calendar();
    return balances
        .nextUnpaid(Instant.MIN)
        .map(
            due -> {
              Instant firstEnd = calendar.startOf(calendar.dateOf(due).plusDays(2));
              Instant nextEnd = calendar.dayOf(progress.accruedTo()).end();
              return later(firstEnd, nextEnd);
            });
  }
}
