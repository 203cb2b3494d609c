package io.tollgate.metering.topology;

import io.tollgate.metering.event.UsageEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * What platforms can ask of what they posted: how many came to which fate, and each that was not
 * counted.
 *
 * <p>These are kept as long as identities are remembered, and of each platform up to a bound: then
 * its oldest goes for its newest, and those of others stay. The quarantine has them all.
 */
final class Fates {

  static final String COUNTED = "counted";
  static final String VOIDED = "voided";

  private static final byte[] NOTHING = {};

  private final KeyValueStore<Bytes, byte[]> uncounted;
  private final Tallies tallies;
  private final long most;

  /** How many are kept of a platform, for those of which one came since the task began. */
  private final Map<String, Long> kept = new HashMap<>();

  private String countedOf = "";
  private long counted;

  /**
   * The fates of one task's events.
   *
   * @param most so many uncounted events of a platform are kept
   */
  Fates(TaskStores stores, long most) {
    this.uncounted = stores.uncounted();
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
  void keep(UsageEvent event, String reason, EventOrigin origin, Instant tick) {
    String platform = origin.platform();
    Bytes key = StoreKeys.event(event.instance(), origin.position());
    byte[] replaced = uncounted.get(key);
    if (replaced != null) {
      drop(platform, StoreKeys.kept(platform, Uncounted.of(replaced).tick(), key));
    }
    if (count(platform) >= most) {
      oldest(platform).ifPresent(old -> drop(platform, old));
    }
    uncounted.put(key, Uncounted.of(event, reason, platform, tick).bytes());
    uncounted.put(StoreKeys.kept(platform, tick, key), NOTHING);
    kept.merge(platform, 1L, Long::sum);
  }

  private long count(String platform) {
    return kept.computeIfAbsent(
        platform, name -> (long) slice(StoreKeys.keptOf(name), Long.MAX_VALUE).size());
  }

  private Optional<Bytes> oldest(String platform) {
    return slice(StoreKeys.keptOf(platform), 1).stream().findFirst();
  }

  private List<Bytes> slice(StoreKeys.Range range, long limit) {
    List<Bytes> keys = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> found = uncounted.range(range.from(), range.to())) {
      while (found.hasNext() && keys.size() < limit) {
        keys.add(found.next().key);
      }
    }
    return keys;
  }

  private void drop(String platform, Bytes keptKey) {
    long before = count(platform);
    uncounted.delete(StoreKeys.eventOf(keptKey));
    uncounted.delete(keptKey);
    kept.put(platform, before - 1);
  }

  /** Forgets what was decided before an instant; looks at nothing else. */
  void expire(Instant before) {
    for (String platform : tallies.platforms()) {
      slice(StoreKeys.keptBefore(platform, before), Long.MAX_VALUE)
          .forEach(old -> drop(platform, old));
    }
  }

  /** Stores what a record changed. */
  void save() {
    tellCounted();
    tallies.save();
  }
}
