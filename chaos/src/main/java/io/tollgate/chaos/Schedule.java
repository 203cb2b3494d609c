package io.tollgate.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * Which fault comes when: in every two minutes each kind as often as it should, in an order and at
 * pauses that the seed alone decides.
 */
final class Schedule {

  private static final Duration ROUND = Duration.ofMinutes(2);

  private final Random random;
  private final Deque<Fault> round = new ArrayDeque<>();

  Schedule(Random random) {
    this.random = random;
  }

  /** The next fault. */
  Fault next() {
    if (round.isEmpty()) {
      List<Fault> dealt = new ArrayList<>();
      for (Fault.Kind kind : Fault.Kind.values()) {
        List<Fault> ofKind =
            Arrays.stream(Fault.values()).filter(fault -> fault.kind() == kind).toList();
        for (int i = 0; i < kind.perTwoMinutes(); i++) {
          dealt.add(ofKind.get(random.nextInt(ofKind.size())));
        }
      }
      Collections.shuffle(dealt, random);
      round.addAll(dealt);
    }
    return round.removeFirst();
  }

  /** How long after the fault before it the next one comes, if that one is healed by then. */
  Duration pause() {
    int faults = Arrays.stream(Fault.Kind.values()).mapToInt(Fault.Kind::perTwoMinutes).sum();
    long mean = ROUND.dividedBy(faults).toMillis();
    return Duration.ofMillis(mean / 2 + random.nextLong(mean));
  }
}
