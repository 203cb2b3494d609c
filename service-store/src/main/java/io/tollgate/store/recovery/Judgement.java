package io.tollgate.store.recovery;

import io.tollgate.model.Identifiers;
import io.tollgate.model.event.Topics;
import io.tollgate.store.outbox.RecordStamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Decides of a topic's records which of them their restored writer does not know.
 *
 * <p>Such a record belongs to a history that the restore ended: its effect is not in the writer's
 * database, and what it tells may never happen again.
 */
final class Judgement {

  /** More restores than there are; an epoch beyond was not begun by any of them. */
  private static final long RESTORES = 1_000;

  private final History history;
  private final Map<TopicPartition, OffsetRange> open = new HashMap<>();
  private final List<OffsetRange> ranges = new ArrayList<>();
  private final Set<String> states = new TreeSet<>();
  private long latestEpoch;
  private long records;

  Judgement(History history) {
    this.history = history;
    this.latestEpoch = history.epoch();
  }

  /** The next record of its partition. */
  void take(ConsumerRecord<String, byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Optional<RecordStamp> stamp = RecordStamp.of(record);
    stamp
        .map(RecordStamp::epoch)
        .filter(epoch -> epoch <= history.epoch() + RESTORES)
        .ifPresent(epoch -> latestEpoch = Math.max(latestEpoch, epoch));
    if (history.knows(stamp)) {
      OffsetRange ended = open.remove(partition);
      if (ended != null) {
        ranges.add(ended);
      }
      return;
    }
    records++;
    open.merge(
        partition,
        new OffsetRange(partition, record.offset(), record.offset()),
        (begun, next) -> new OffsetRange(partition, begun.first(), next.last()));
    if (Topics.COMPACTED.contains(record.topic())) {
      Optional.ofNullable(record.key()).filter(Identifiers::isValid).ifPresent(states::add);
    }
  }

  String topic() {
    return history.topic();
  }

  /** The epoch of the restored writer. */
  long epoch() {
    return history.epoch();
  }

  /** What nobody may apply; after the last record. */
  List<OffsetRange> ranges() {
    List<OffsetRange> all = new ArrayList<>(ranges);
    all.addAll(open.values());
    return all;
  }

  /** How many records that are. */
  long records() {
    return records;
  }

  /** Keys of a compacted topic whose newest record may be one of them. */
  Set<String> states() {
    return states;
  }

  /** The latest epoch that a writer of this topic can have begun. */
  long latestEpoch() {
    return latestEpoch;
  }
}
