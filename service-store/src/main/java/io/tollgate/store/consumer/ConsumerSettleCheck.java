package io.tollgate.store.consumer;

import io.tollgate.support.messaging.LogEnds;
import io.tollgate.support.time.SettleCheck;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** The test clock may advance once every stored position has reached the end of its partition. */
final class ConsumerSettleCheck implements SettleCheck {

  private final String consumer;
  private final Supplier<Collection<TopicPartition>> partitions;
  private final PositionStore positions;
  private final LogEnds logEnds;

  ConsumerSettleCheck(
      String consumer,
      Supplier<Collection<TopicPartition>> partitions,
      PositionStore positions,
      LogEnds logEnds) {
    this.consumer = consumer;
    this.partitions = partitions;
    this.positions = positions;
    this.logEnds = logEnds;
  }

  @Override
  public String name() {
    return "consumer " + consumer;
  }

  @Override
  public Optional<String> laggard() {
    Map<TopicPartition, Long> ends = logEnds.ends(partitions.get());
    Map<TopicPartition, Long> stored = positions.positions(consumer);
    for (var end : ends.entrySet()) {
      if (!stored.containsKey(end.getKey())) {
        return Optional.of(end.getKey() + " is not read yet");
      }
    }
    Map<TopicPartition, Long> behind = logEnds.behind(stored, ends);
    if (behind.isEmpty()) {
      return Optional.empty();
    }
    var names = new TreeSet<String>();
    behind.forEach(
        (partition, end) -> names.add(partition + ": " + stored.get(partition) + " of " + end));
    return Optional.of(String.join(", ", names));
  }

  @Override
  public long counter() {
    return positions.positions(consumer).values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records between the stored positions and the ends; see {@link LogEnds#waiting}. */
  long lag() {
    Map<TopicPartition, Long> ends = logEnds.ends(partitions.get());
    Map<TopicPartition, Long> stored = positions.positions(consumer);
    stored.keySet().retainAll(ends.keySet());
    long unread =
        ends.entrySet().stream()
            .filter(end -> !stored.containsKey(end.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum();
    return unread + logEnds.waiting(stored, ends);
  }
}
