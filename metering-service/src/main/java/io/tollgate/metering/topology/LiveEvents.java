package io.tollgate.metering.topology;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.event.Identity;
import io.tollgate.metering.event.UsageEvent;
import io.tollgate.metering.meter.PricedProducts;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.EventEnvelope;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.support.messaging.KeyPartitions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Looks up the fate of posted events in the stores of the running tasks; read-only. */
@Component
public final class LiveEvents {

  /** So many registered instances are known without a look at a store. */
  private static final int MOST_KNOWN = 100_000;

  private final LiveState state;
  private final KeyPartitions partitions;
  private final PricedProducts products;
  private final BillingCalendar calendar;
  private final Set<String> registered = ConcurrentHashMap.newKeySet();

  LiveEvents(
      LiveState state,
      KeyPartitions partitions,
      PricedProducts products,
      BillingCalendar calendar) {
    this.products = products;
    this.state = state;
    this.partitions = partitions;
    this.calendar = calendar;
  }

  /** The fate of an accepted event. */
  public enum Standing {
    COUNTED,
    WAITING,
    VOIDED
  }

  /**
   * An accepted event.
   *
   * @param position where it lies; of an amended event, where the amendment lies
   */
  public record Accepted(Standing standing, long position) {}

  /**
   * Where an accepted event lies and what it has come to, while its identity is remembered.
   *
   * @throws LiveState.NotHereException when this instance cannot tell
   */
  public Optional<Accepted> accepted(String instance, Identity identity) {
    return reading(
        () ->
            state
                .remembered(identity)
                .map(entry -> new Accepted(standing(instance, entry), entry.position())));
  }

  private Standing standing(String instance, Remembered entry) {
    if (entry.standing() == Remembered.Standing.VOIDED) {
      return Standing.VOIDED;
    }
    Bytes key = StoreKeys.event(instance, entry.position());
    boolean waits = state.store(TaskStores.PENDING, partitions.of(instance)).get(key) != null;
    return waits ? Standing.WAITING : Standing.COUNTED;
  }

  /** Shows the totals that hold an event which counts, by the meters that counted it. */
  public void totalsOf(
      UsageEvent event, long position, BiConsumer<SeriesKey, SeriesState> consumer) {
    List<Contribution> contributions = reading(() -> contributions(event, position));
    contributions.forEach(each -> state.each(Bytes.wrap(each.key()), consumer));
  }

  private List<Contribution> contributions(UsageEvent event, long position) {
    KnownMeters known =
        KnownMeters.reading(state.store(TaskStores.COUNTED_BY, partitions.of(event.instance())));
    Planner planner = new Planner(new Windows(calendar), products);
    Remembered.Standing standing =
        state
            .remembered(event.identity())
            .map(Remembered::standing)
            .orElse(Remembered.Standing.COUNTED);
    return instance(event.instance())
        .map(
            record ->
                planner.added(
                    event, record, known.at(known.stageOf(event.instance(), position)), standing))
        .filter(Contribution.Plan.Counts.class::isInstance)
        .map(plan -> ((Contribution.Plan.Counts) plan).contributions())
        .orElse(List.of());
  }

  /**
   * What was posted and not counted when it came, in the order of the log in each partition.
   *
   * @param instance of one instance alone
   * @param after where the last slice ended
   */
  public UncountedList.Slice uncounted(
      Optional<String> instance,
      Optional<UncountedList.Place> after,
      int limit,
      Predicate<Uncounted> wanted) {
    UncountedList found = new UncountedList(after, limit, wanted);
    int first =
        instance.map(partitions::of).or(() -> after.map(UncountedList.Place::partition)).orElse(0);
    int last = instance.map(partitions::of).orElse(state.partitions() - 1);
    return reading(
        () -> {
          for (int partition = first; partition <= last && found.wantsMore(); partition++) {
            found.take(
                partition,
                instance,
                state.store(TaskStores.PENDING, partition),
                state.store(TaskStores.UNCOUNTED, partition));
          }
          return found.slice();
        });
  }

  /** How many events came to which fate, by platform. */
  public Map<String, Map<String, Long>> tallies() {
    return reading(
        () -> {
          Map<String, Map<String, Long>> tallies = new TreeMap<>();
          for (int partition = 0; partition < state.partitions(); partition++) {
            Tallies.read(state.store(TaskStores.PROGRESS, partition), tallies);
          }
          return tallies;
        });
  }

  /** What an instance was registered as. */
  public Optional<InstanceRecord> instance(String instance) {
    byte[] stored = stored(instance);
    return stored == null
        ? Optional.empty()
        : InstanceRecord.CODEC.decode(stored).map(EventEnvelope::data);
  }

  private byte @Nullable [] stored(String instance) {
    return reading(
        () ->
            state
                .store(TaskStores.INSTANCES, partitions.of(instance))
                .get(StoreKeys.text(instance)));
  }

  /** How many of these events are of instances that nobody registered; empty where unknown. */
  public OptionalInt waiting(List<UsageEvent> events) {
    Map<String, Boolean> asked = new HashMap<>();
    int waiting = 0;
    try {
      for (UsageEvent event : events) {
        String instance = event.instance();
        if (!registered.contains(instance)
            && !asked.computeIfAbsent(instance, this::isRegistered)) {
          waiting++;
        }
      }
      return OptionalInt.of(waiting);
    } catch (LiveState.NotHereException e) {
      return OptionalInt.empty();
    }
  }

  /** A store that was found may still be moved while it is read. */
  private static <T> T reading(Supplier<T> look) {
    try {
      return look.get();
    } catch (InvalidStateStoreException e) {
      throw new LiveState.NotHereException("the partition is moving or being restored");
    }
  }

  private boolean isRegistered(String instance) {
    boolean is = stored(instance) != null;
    if (is) {
      if (registered.size() >= MOST_KNOWN) {
        registered.clear();
      }
      registered.add(instance);
    }
    return is;
  }
}
