package io.tollgate.chaos.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was asked and answered, and keeps what was wrong. */
final class Tally {

  private static final int KEPT = 100;
  private static final int KEPT_PER_CAUSE = 3;
  private static final int SLOWEST = 10;

  private final Map<Row, LongAdder> counts = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> wrong = new ConcurrentHashMap<>();
  private final List<Violation> violations = Collections.synchronizedList(new ArrayList<>());
  private final PriorityQueue<Slow> slowest =
      new PriorityQueue<>(Comparator.comparingLong(Slow::millis));
  private final LongAdder overloaded = new LongAdder();

  /** What is counted together. */
  record Row(String operation, FuzzRequest.Kind kind, int status) implements Comparable<Row> {
    private static final Comparator<Row> ORDER =
        Comparator.comparing(Row::operation).thenComparing(Row::kind).thenComparingInt(Row::status);

    @Override
    public int compareTo(Row other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Something wrong.
   *
   * @param request the request or record, so that it can be sent again
   */
  record Violation(String what, String request) {}

  /** One of the slowest answers. */
  record Slow(long millis, String what) {}

  void count(FuzzRequest request, Answer answer, List<String> findings) {
    counts
        .computeIfAbsent(
            new Row(request.operation().name(), request.kind(), answer.status()),
            row -> new LongAdder())
        .increment();
    if (answer.status() == 503) {
      overloaded.increment();
    }
    String what =
        "%d %s, %s, %s -> %d"
            .formatted(
                request.number(),
                request.operation().name(),
                request.kind(),
                request.credential(),
                answer.status());
    findings.forEach(finding -> violation(finding, what + "\n" + request.inWords()));
    synchronized (slowest) {
      slowest.add(new Slow(answer.time().toMillis(), what));
      if (slowest.size() > SLOWEST) {
        slowest.poll();
      }
    }
  }

  /** Keeps some of each cause, and counts all. */
  void violation(String what, String request) {
    String cause = what.length() > 60 ? what.substring(0, 60) : what;
    String key = cause + request.split(",", 2)[0].replaceFirst("^[0-9]+ ", " ");
    LongAdder times = wrong.computeIfAbsent(key, each -> new LongAdder());
    times.increment();
    if (times.sum() <= KEPT_PER_CAUSE && violations.size() < KEPT) {
      violations.add(new Violation(what, request));
    }
  }

  Map<Row, LongAdder> counts() {
    return counts;
  }

  long requests() {
    return counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  long overloaded() {
    return overloaded.sum();
  }

  /** How much was wrong, kept or not. */
  long wrong() {
    return wrong.values().stream().mapToLong(LongAdder::sum).sum();
  }

  List<Violation> violations() {
    return List.copyOf(violations);
  }

  List<Slow> slowest() {
    synchronized (slowest) {
      return slowest.stream().sorted(Comparator.comparingLong(Slow::millis).reversed()).toList();
    }
  }
}
