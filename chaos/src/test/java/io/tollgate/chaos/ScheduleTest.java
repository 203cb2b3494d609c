package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {

  private static final int ROUND = 10;

  @Test
  void everyTwoMinutesHaveTheirTwoKillsFourRestartsTwoPausesAndTwoDelays() {
    Schedule schedule = new Schedule(new Random(7));
    for (int round = 0; round < 20; round++) {
      Map<Fault.Kind, Long> kinds =
          Stream.generate(schedule::next)
              .limit(ROUND)
              .collect(Collectors.groupingBy(Fault::kind, Collectors.counting()));
      assertThat(kinds)
          .isEqualTo(
              Map.of(
                  Fault.Kind.KILL, 2L,
                  Fault.Kind.RESTART, 4L,
                  Fault.Kind.PAUSE, 2L,
                  Fault.Kind.DELAY, 2L));
    }
  }

  @Test
  void everyFaultComesInTime() {
    Schedule schedule = new Schedule(new Random(7));
    assertThat(
            Stream.generate(schedule::next)
                .limit(20L * ROUND)
                .collect(Collectors.toMap(Function.identity(), fault -> 1, Integer::sum)))
        .containsOnlyKeys(Fault.values());
  }

  @Test
  void theSeedAloneDecides() {
    assertThat(Stream.generate(new Schedule(new Random(5))::next).limit(50))
        .containsExactlyElementsOf(
            Stream.generate(new Schedule(new Random(5))::next).limit(50).toList());
  }
}
