package io.tollgate.metering.topology;

import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.topology.Counters.Counter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What platforms can ask of what they posted: how many came to which fate, and each that was not
 * counted.
 *
 * <p>These are kept as long as identities are remembered and up to a bound; the quarantine has them
 * all.
 */
final class Fates {

  static final String COUNTED = "counted";
  static final String VOIDED = "voided";

  private final KeyValueStore<Bytes, byte[]> uncounted;
  private final Counters counters;
  private final Tallies tallies;
  private final long most;
  private String countedOf = "";
  private long counted;

  /**
   * The fates of one task's events.
   *
   * @param most so many uncounted events are kept
   */
  Fates(TaskStores stores, Counters counters, long most) {
    this.uncounted = stores.uncounted();
    this.counters = counters;
    this.tallies = new Tallies(stores.progress());
    this.most = most;
  }

  /** An event came to a fate. */
  void came(String platform, String fate) {
    if (fate.equals(COUNTED)) {
      counted(platform);
    } else {
      tallies.add(platform, fate, 1);
    }
  }

  /** Nearly all of them, and those of a record are of one platform: added up first. */
  private void counted(String platform) {
    if (!platform.equals(countedOf)) {
      tellCounted();
      countedOf = platform;
    }
    counted++;
  }

  private void tellCounted() {
    if (counted > 0) {
      tallies.add(countedOf, COUNTED, counted);
      counted = 0;
    }
  }

  /** It is no longer its fate. */
  void left(String platform, String fate) {
    tallies.add(platform, fate, -1);
  }

  /** Keeps an event that was not counted. */
  void keep(UsageEvent event, String reason, Posting posting, Instant tick) {
    Bytes key = Pending.key(event.instance(), posting.position());
    boolean isNew = uncounted.get(key) == null;
    if (isNew && counters.get(Counter.KEPT) >= most) {
      return;
    }
    uncounted.put(key, Uncounted.of(event, reason, posting.platform(), tick).bytes());
    if (isNew) {
      counters.add(Counter.KEPT, 1);
    }
  }

  /** Forgets what was decided before an instant. */
  void expire(Instant before) {
    List<Bytes> old = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> all = uncounted.all()) {
      while (all.hasNext()) {
        KeyValue<Bytes, byte[]> next = all.next();
        if (Uncounted.of(next.value).tick().isBefore(before)) {
          old.add(next.key);
        }
      }
    }
    old.forEach(uncounted::delete);
    counters.add(Counter.KEPT, -old.size());
  }

  /** Stores what a record changed. */
  void save() {
    tellCounted();
    tallies.save();
  }
}
