package io.tollgate.store.recovery;

import io.tollgate.store.outbox.RecordStamp;
import java.util.Map;
import java.util.Optional;

/**
 * What a restored writer still knows to have told on a topic.
 *
 * @param topic the topic
 * @param epoch the epoch it was in
 * @param told the last number it gave in that epoch, by account or key
 */
record History(String topic, long epoch, Map<String, Long> told) {

  /** A record without a number cannot be told from one that is known. */
  boolean knows(Optional<RecordStamp> stamp) {
    return stamp.map(s -> knows(s.numbered(), s.epoch(), s.sequence())).orElse(true);
  }

  boolean knows(String numbered, long inEpoch, long sequence) {
    return inEpoch < epoch || (inEpoch == epoch && sequence <= told.getOrDefault(numbered, 0L));
  }
}
