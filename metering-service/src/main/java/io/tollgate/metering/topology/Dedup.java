package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.topology.Remembered.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was counted, in segments of tick time that are dropped as a whole.
 *
 * <p>Event times are accepted in [tick - A, tick + F]. So two acceptances of one event are at most
 * A + F of tick time apart, and three segments of half that length always cover it.
 *
 * <p>What a record of the log changes is kept here until the record is done, and then stored
 * together: an event must therefore be looked for both in the store and here.
 */
final class Dedup {

  private static final int SEGMENTS = 3;

  private final IdentityStore store;
  private final long segmentMillis;
  private final Map<Identity, Remembered> changed = new LinkedHashMap<>();

  /** In the segments where they were. */
  private final List<Remembered> replaced = new ArrayList<>();

  Dedup(IdentityStore store, Duration horizon) {
    this.store = store;
    this.segmentMillis = segment(horizon).toMillis();
  }

  /** Length of a segment for a horizon of A + F. */
  private static Duration segment(Duration horizon) {
    return Duration.ofMillis(horizon.toMillis() / (SEGMENTS - 1) + 1);
  }

  /** How long the store must keep its segments. */
  static Duration retention(Duration horizon) {
    return segment(horizon).multipliedBy(SEGMENTS);
  }

  /** What the store knows of identities, asked at once; null for those it does not know. */
  List<@Nullable Remembered> stored(List<Identity> identities, Instant tick) {
    return store.find(identities, segmentOf(tick) - (SEGMENTS - 1) * segmentMillis);
  }

  /** What is known of an identity. */
  Optional<Remembered> find(Identity identity, Instant tick) {
    return find(identity, stored(List.of(identity), tick).getFirst());
  }

  /**
   * What is known of an identity.
   *
   * @param stored what the store knew before this record
   */
  Optional<Remembered> find(Identity identity, @Nullable Remembered stored) {
    Remembered newest = changed.getOrDefault(identity, stored);
    return Optional.ofNullable(newest).filter(known -> known.standing() != Standing.FORGOTTEN);
  }

  void remember(UsageEvent event, long position, Standing standing, Instant tick) {
    put(new Remembered(event.identity(), event.payloadHash(), position, standing, segmentOf(tick)));
  }

  /**
   * Replaces what is known by what an amendment says, as if that came now: its time may be as late
   * as an event's that comes now, and it is accepted as long.
   */
  void replace(
      Remembered known, UsageEvent amended, long position, Standing standing, Instant tick) {
    if (known.segment() != segmentOf(tick)) {
      replaced.add(known.as(Standing.FORGOTTEN));
    }
    remember(amended, position, standing, tick);
  }

  /** Changes what is known, in the segment where it is. */
  void put(Remembered entry) {
    changed.put(entry.identity(), entry);
  }

  /**
   * Stores what a record of the log changed.
   *
   * @param input which of the task's inputs it is of
   */
  void save(byte input, long offset) {
    if (!changed.isEmpty()) {
      Map<Long, Collection<Remembered>> bySegment = new TreeMap<>();
      Stream.concat(replaced.stream(), changed.values().stream())
          .forEach(
              each ->
                  bySegment.computeIfAbsent(each.segment(), start -> new ArrayList<>()).add(each));
      bySegment.forEach((start, entries) -> store.put(start, input, offset, entries));
      changed.clear();
      replaced.clear();
    }
  }

  private long segmentOf(Instant tick) {
    long millis = tick.toEpochMilli();
    return millis - Math.floorMod(millis, segmentMillis);
  }
}
