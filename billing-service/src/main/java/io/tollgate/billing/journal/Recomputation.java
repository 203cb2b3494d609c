package io.tollgate.billing.journal;

import io.tollgate.billing.money.Balances;
import io.tollgate.billing.money.Cause;
import io.tollgate.billing.money.Leg;
import io.tollgate.billing.money.PenaltyDay;
import io.tollgate.billing.money.Replay;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recomputes a locked account whose past changed, from the latest checkpoint that stays valid, and
 * books the differences (C2.3).
 */
final class Recomputation {
  private final StoredAccount stored;
  private final Pasts pasts;
  private final AccountState state;
  private final Entries entries;
  private final AccountEvents events;

  Recomputation(
      StoredAccount stored,
      Pasts pasts,
      AccountState state,
      Entries entries,
      AccountEvents events) {
    this.stored = stored;
    this.pasts = pasts;
    this.state = state;
    this.entries = entries;
    this.events = events;
  }

  /** The history as far back as needed, with what is booked in this transaction. */
  Past past(Reach reach) {
    // Checkpoints after an earlier recomputation are still stored, but not valid.
    long holding =
        entries.resettled().map(each -> each.from().sequence() + 1).orElse(Long.MAX_VALUE);
    Balances balances = state.balances();
    return pasts.of(stored.id(), balances.currency(), reach.before(holding)).with(entries);
  }

  /**
   * Replays the past, and posts the differences with a reason.
   *
   * @return what each cause moves now
   */
  Map<Cause, List<Leg>> run(Past recent, String reason, Instant bookedAt) {
    Instant accruedBefore = state.progress().accruedTo();
    Past past = recent;
    Optional<Replay.Result> replayed = replay(past, bookedAt);
    while (replayed.isEmpty()) {
      // Half of the number each time: less is replayed in vain than is needed in the end.
      past = past(Reach.from(bookedAt).before(past.from().sequence() / 2 + 1));
      replayed = replay(past, bookedAt);
    }
    Replay.Result result = replayed.get();
    Map<Cause, Origin> penalties = new HashMap<>();
    result.penalties().forEach(day -> penalties.put(day.cause(), state.originOf(day)));
    entries.resettle(
        past.from(),
        state.firstDayAfter(past.from()),
        past.corrections(result.legs(), penalties, reason, bookedAt),
        result);
    for (PenaltyDay day : result.penalties()) {
      if (state.originOf(day).valueTime().isAfter(accruedBefore)) {
        events.recomputed(day, state.balances().penalty());
      }
    }
    events.arrears(state.balances(), bookedAt);
    return result.legs();
  }

  private Optional<Replay.Result> replay(Past past, Instant bookedAt) {
    stored.terms().products().putAll(past.products());
    return state.replay(past, bookedAt, pasts.checkpointEvery());
  }
}
