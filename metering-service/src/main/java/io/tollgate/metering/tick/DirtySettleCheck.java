package io.tollgate.metering.tick;

import io.tollgate.metering.topology.TaskState;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.time.SettleCheck;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * At rest when every task is at the last tick and no closed window changed since. What changed
 * after the last tick of a driven clock would wait for the next one: so the tick is repeated.
 */
final class DirtySettleCheck implements SettleCheck {

  private final TaskState state;
  private final Ticker ticker;
  private final BusinessClock clock;

  DirtySettleCheck(TaskState state, Ticker ticker, BusinessClock clock) {
    this.state = state;
    this.ticker = ticker;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "windows";
  }

  @Override
  public Optional<String> laggard() {
    Map<Integer, TaskState.Snapshot> tasks = state.snapshots();
    if (clock.mode() == ClockMode.TEST) {
      for (var task : tasks.entrySet()) {
        if (task.getValue().tick().filter(tick -> !tick.isBefore(clock.now())).isEmpty()) {
          return Optional.of(
              "partition %d is at tick %s".formatted(task.getKey(), task.getValue().tick()));
        }
      }
    }
    List<Integer> dirty =
        tasks.entrySet().stream()
            .filter(task -> task.getValue().dirty())
            .map(Map.Entry::getKey)
            .toList();
    if (dirty.isEmpty()) {
      return Optional.empty();
    }
    if (clock.mode() == ClockMode.TEST) {
      ticker.again();
    }
    return Optional.of("closed windows changed on partitions " + dirty);
  }

  @Override
  public long counter() {
    return state.snapshots().values().stream()
        .mapToLong(
            task -> task.offset() + task.counters().values().stream().mapToLong(n -> n).sum())
        .sum();
  }
}
