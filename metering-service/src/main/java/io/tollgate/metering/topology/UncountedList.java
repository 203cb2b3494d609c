package io.tollgate.metering.topology;

import io.tollgate.metering.event.EventReader;
import io.tollgate.metering.event.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Gathers a slice of the events that wait or were refused, which lie in two stores. */
public final class UncountedList {

  /** One slice looks at no more of them. */
  private static final int MOST_LOOKED_AT = 20_000;

  private final Optional<Place> after;
  private final int limit;
  private final Predicate<Uncounted> wanted;
  private final EventReader reader = new EventReader();
  private final List<Found> found = new ArrayList<>();
  private int lookedAt;
  private @Nullable Place last;

  UncountedList(Optional<Place> after, int limit, Predicate<Uncounted> wanted) {
    this.after = after;
    this.limit = limit;
    this.wanted = wanted;
  }

  /**
   * A place in the list.
   *
   * @param key the entry's, in hexadecimal digits
   */
  public record Place(int partition, String key) {}

  /**
   * An event and where it lies.
   *
   * @param position in its partition of {@code usage.events}
   */
  public record Found(int partition, long position, Uncounted event) {}

  /**
   * A slice of the list.
   *
   * @param next where to go on, though nothing may follow; empty at the end
   */
  public record Slice(List<Found> found, Optional<Place> next) {}

  boolean wantsMore() {
    return found.size() < limit && lookedAt < MOST_LOOKED_AT;
  }

  /** Goes through a partition. */
  void take(
      int partition,
      Optional<String> instance,
      ReadOnlyKeyValueStore<Bytes, byte[]> pending,
      ReadOnlyKeyValueStore<Bytes, byte[]> refused) {
    @Nullable Bytes from =
        after
            .filter(place -> place.partition() == partition)
            .map(UncountedList::following)
            .or(() -> instance.map(name -> StoreKeys.eventsOf(name).from()))
            .orElse(null);
    Bytes to = instance.map(StoreKeys::eventsOf).orElseGet(StoreKeys::events).to();
    try (KeyValueIterator<Bytes, byte[]> waiting = pending.range(from, to);
        KeyValueIterator<Bytes, byte[]> uncounted = refused.range(from, to)) {
      while (wantsMore() && (waiting.hasNext() || uncounted.hasNext())) {
        boolean waits =
            waiting.hasNext()
                && (!uncounted.hasNext()
                    || waiting.peekNextKey().compareTo(uncounted.peekNextKey()) <= 0);
        take(partition, waits, waits ? waiting.next() : uncounted.next());
      }
    }
  }

  private void take(int partition, boolean waits, KeyValue<Bytes, byte[]> entry) {
    lookedAt++;
    last = new Place(partition, HexFormat.of().formatHex(entry.key.get()));
    Optional<Uncounted> event = waits ? waiting(entry) : Optional.of(Uncounted.of(entry.value));
    event
        .filter(wanted)
        .ifPresent(one -> found.add(new Found(partition, StoreKeys.position(entry.key), one)));
  }

  private Optional<Uncounted> waiting(KeyValue<Bytes, byte[]> entry) {
    Pending.Waiting waiting = Pending.waiting(entry);
    return reader.read(waiting.bytes()) instanceof Reading.Read read
        ? Optional.of(
            Uncounted.of(read.event(), Uncounted.WAITING, waiting.platform(), waiting.since()))
        : Optional.empty();
  }

  private static Bytes following(Place place) {
    byte[] key = HexFormat.of().parseHex(place.key());
    return Bytes.wrap(Arrays.copyOf(key, key.length + 1));
  }

  Slice slice() {
    return new Slice(
        List.copyOf(found), wantsMore() ? Optional.empty() : Optional.ofNullable(last));
  }
}
