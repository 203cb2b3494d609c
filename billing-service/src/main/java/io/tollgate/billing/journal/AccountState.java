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

/** The state of a locked account between bookings: its books, its balances and its progress. */
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

  /** The earliest booking time from an instant on: not before what is booked or accrued. */
  Instant notBeforeLast(Instant at) {
    return later(at, later(progress.accruedTo(), progress.lastMovementAt()));
  }

  /** The same for a charge, which must not add a penalty to a day that is accrued. */
  Instant chargedNotBefore(Instant at) {
    Instant first = terms.firstWithoutPenalty(progress.accruedTo());
    return later(at, later(first, progress.lastMovementAt()));
  }

  /** Applies a movement, and counts it. */
  List<Leg> apply(Movement movement, Instant bookedAt) {
    List<Leg> legs = books.apply(movement);
    balances = books.balances();
    numbered(bookedAt);
    return legs;
  }

  /** Counts a movement that a recomputation will apply. */
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
   * Recomputes the account from its past; penalties are accrued as far as they were, at least.
   *
   * @param every the least number of movements between two checkpoints
   * @return empty, and nothing changed, if the past does not reach back far enough
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

  /** The origin of a penalty's postings: they take effect at the end of the day. */
  Origin originOf(PenaltyDay day) {
    return new Origin(Rules.ARREARS, terms.calendar().startOf(day.day().plusDays(1)));
  }

  /** The current state as a checkpoint. */
  Checkpoint checkpoint() {
    return new Checkpoint(
        progress.nextSequence() - 1, progress.lastMovementAt(), progress.accruedTo(), balances);
  }

  /** The end of the next day that may cost a penalty; empty if nothing is unpaid. */
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
