package io.tollgate.billing.usage;

import io.tollgate.model.Granularity;
import io.tollgate.model.event.UsageRevision;
import io.tollgate.model.event.WindowsClosed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The markers that one aggregation partition has sent to one output partition, and whether they
 * match: between two markers exactly as many revisions and events must arrive as the second one
 * says.
 *
 * <p>A consumer that counts knows that it has everything.
 */
public final class Markers {
  private final List<Advance> advances = new ArrayList<>();
  private final Key key;
  private long sequence;
  private Optional<Instant> closedUpTo;
  private Optional<Instant> tick;
  private long recordsSeen;
  private long eventsSeen;
  private Optional<String> stopped;

  /** The key of a stream of markers. */
  public record Key(String generation, Granularity granularity, int partition, int output)
      implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = generation.compareTo(other.generation);
      order = order != 0 ? order : granularity.compareTo(other.granularity);
      order = order != 0 ? order : Integer.compare(partition, other.partition);
      return order != 0 ? order : Integer.compare(output, other.output);
    }
  }

  /**
   * The content of one marker.
   *
   * @param closedUpTo no window that ends by then is open any more
   * @param tick business time at which that was so
   */
  record Advance(Instant closedUpTo, Instant tick) {}

  /** A stream as stored. */
  Markers(
      Key key,
      long sequence,
      Optional<Instant> closedUpTo,
      Optional<Instant> tick,
      long recordsSeen,
      long eventsSeen,
      Optional<String> stopped) {
    this.key = key;
    this.sequence = sequence;
    this.closedUpTo = closedUpTo;
    this.tick = tick;
    this.recordsSeen = recordsSeen;
    this.eventsSeen = eventsSeen;
    this.stopped = stopped;
  }

  /** A stream of which nothing was heard yet. */
  static Markers unheard(Key key) {
    return new Markers(key, 0, Optional.empty(), Optional.empty(), 0, 0, Optional.empty());
  }

  /**
   * Counts a revision; one that was counted, however often it is read again, counts no more (F5).
   *
   * <p>A gap stops the stream as one between markers does.
   */
  void saw(UsageRevision revision) {
    if (revision.place().map(place -> !isNext(place)).orElse(false)) {
      return;
    }
    recordsSeen++;
    eventsSeen += revision.eventCount();
  }

  private boolean isNext(UsageRevision.Place place) {
    if (place.marker() <= sequence || stopped.isPresent()) {
      return false;
    }
    if (place.marker() > sequence + 1 || place.number() > recordsSeen + 1) {
      stopped =
          Optional.of(
              "revision %d of marker %d after %d of marker %d"
                  .formatted(place.number(), place.marker(), recordsSeen, sequence + 1));
    }
    return stopped.isEmpty() && place.number() == recordsSeen + 1;
  }

  /**
   * Takes a marker.
   *
   * <p>A gap stops the stream: nothing more is called closed by it until an operator has looked.
   */
  void take(WindowsClosed marker) {
    if (marker.sequence() <= sequence || stopped.isPresent()) {
      return;
    }
    if (marker.sequence() != sequence + 1) {
      stopped = Optional.of("marker %d after %d".formatted(marker.sequence(), sequence));
      return;
    }
    if (marker.records() != recordsSeen || marker.events() != eventsSeen) {
      stopped =
          Optional.of(
              "marker %d says %d records and %d events, received were %d and %d"
                  .formatted(
                      marker.sequence(),
                      marker.records(),
                      marker.events(),
                      recordsSeen,
                      eventsSeen));
      return;
    }
    sequence = marker.sequence();
    closedUpTo = Optional.of(marker.closedUpTo());
    tick = Optional.of(marker.tick());
    advances.add(new Advance(marker.closedUpTo(), marker.tick()));
    recordsSeen = 0;
    eventsSeen = 0;
  }

  public Key key() {
    return key;
  }

  long sequence() {
    return sequence;
  }

  /** No window that ends by then is open any more; empty before the first marker. */
  public Optional<Instant> closedUpTo() {
    return closedUpTo;
  }

  /**
   * What the markers said that were taken since it was loaded, each one: bills are dated by them.
   */
  List<Advance> advances() {
    return List.copyOf(advances);
  }

  Optional<Instant> tick() {
    return tick;
  }

  long recordsSeen() {
    return recordsSeen;
  }

  long eventsSeen() {
    return eventsSeen;
  }

  /** Why nothing is believed any more, if so. */
  public Optional<String> stopped() {
    return stopped;
  }
}
