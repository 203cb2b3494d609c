package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was measured, and what it is held against.
 *
 * @param figure id of the figure, P1 to P11
 * @param what in words, with the size of the run
 * @param unit of every value: events/s, ms, s, MB
 * @param ours our own rounds
 * @param limit what the parts below do bare, in the same run
 * @param goal of the median
 * @param goalRatio of our median over the limit's
 * @param notes what a reader has to know besides
 */
record Measurement(
    String figure,
    String what,
    String unit,
    Rounds ours,
    Optional<Limit> limit,
    Optional<Goal> goal,
    Optional<Goal> goalRatio,
    List<String> notes) {

  Measurement {
    notes = List.copyOf(notes);
  }

  /**
   * What the parts below do bare.
   *
   * @param what in words
   * @param rounds in the same unit
   */
  record Limit(String what, Rounds rounds) {}

  static Measurement of(String figure, String what, String unit, Rounds ours) {
    return new Measurement(
        figure, what, unit, ours, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
  }

  Measurement beside(String limit, Rounds rounds) {
    return new Measurement(
        figure, what, unit, ours, Optional.of(new Limit(limit, rounds)), goal, goalRatio, notes);
  }

  Measurement to(Goal value) {
    return new Measurement(figure, what, unit, ours, limit, Optional.of(value), goalRatio, notes);
  }

  Measurement toRatio(Goal value) {
    return new Measurement(figure, what, unit, ours, limit, goal, Optional.of(value), notes);
  }

  Measurement noting(String note) {
    List<String> more = new ArrayList<>(notes);
    more.add(note);
    return new Measurement(figure, what, unit, ours, limit, goal, goalRatio, more);
  }

  /** Our median over the limit's. */
  Optional<Double> ratio() {
    return limit.map(bare -> ours.median() / bare.rounds().median());
  }

  /** Whether all its goals are reached; empty when it has none. */
  Optional<Boolean> reached() {
    if (goal.isEmpty() && goalRatio.isEmpty()) {
      return Optional.empty();
    }
    boolean value = goal.map(each -> each.isReachedBy(ours.median())).orElse(true);
    boolean share =
        goalRatio.map(each -> ratio().map(each::isReachedBy).orElse(false)).orElse(true);
    return Optional.of(value && share);
  }
}
