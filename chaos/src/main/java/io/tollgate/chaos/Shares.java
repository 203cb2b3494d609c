package io.tollgate.chaos;

import io.tollgate.chaos.Groups.Reading;
import io.tollgate.chaos.Groups.View;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** How much of each kind of work each row did, from what is seen again and again. */
final class Shares {

  private final Map<Work, Map<String, Long>> done = new EnumMap<>(Work.class);
  private final Map<Counter, Long> last = new HashMap<>();
  private View before = new View(Map.of(), Map.of(), Map.of());

  private record Counter(Work work, String row) {}

  /** What was read since the last look was read by whom the partition has belonged to since. */
  synchronized void see(View now) {
    for (Work work : Work.values()) {
      now.positions().keySet().stream()
          .filter(work::isReadBy)
          .forEach(each -> add(work, each, now));
    }
    before = now;
  }

  private void add(Work work, Reading reading, View now) {
    String reader = now.readers().get(reading);
    if (reader != null && before.positions().containsKey(reading)) {
      add(work, reader, now.position(reading) - before.position(reading));
    }
  }

  /** A counter of an instance; it begins anew with its process. */
  synchronized void see(Work work, String row, long counter) {
    Long known = last.put(new Counter(work, row), counter);
    add(work, row, known == null || counter < known ? counter : counter - known);
  }

  private void add(Work work, String row, long number) {
    done.computeIfAbsent(work, key -> new HashMap<>()).merge(row, number, Long::sum);
  }

  /** What a row did of something. */
  synchronized long done(Work work, String row) {
    return done.getOrDefault(work, Map.of()).getOrDefault(row, 0L);
  }
}
