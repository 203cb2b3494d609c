package io.tollgate.metering.topology;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Drops what is out of reach, by tick time: every hour what there may be much of, every day what
 * needs a look at all of its store.
 */
final class Expiry {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final Counting counting;
  private final KeyValueStore<Bytes, byte[]> countedBy;
  private final Duration remembered;

  /**
   * @param remembered so long an event can be corrected
   */
  Expiry(Counting counting, KeyValueStore<Bytes, byte[]> countedBy, Duration remembered) {
    this.counting = counting;
    this.countedBy = countedBy;
    this.remembered = remembered;
  }

  /**
   * Drops what a tick puts out of reach.
   *
   * @param before the tick before; empty at the first one
   */
  void run(Optional<Instant> before, Counting.Moment moment) {
    if (before.filter(last -> isAnother(HOUR, last, moment.tick())).isPresent()) {
      counting.expire(moment);
    }
    if (before.filter(last -> isAnother(DAY, last, moment.tick())).isPresent()) {
      KnownMeters.expire(countedBy, moment.tick().minus(remembered));
    }
  }

  private static boolean isAnother(Duration interval, Instant before, Instant tick) {
    return before.getEpochSecond() / interval.toSeconds()
        != tick.getEpochSecond() / interval.toSeconds();
  }
}
