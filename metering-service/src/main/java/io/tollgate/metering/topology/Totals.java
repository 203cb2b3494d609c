package io.tollgate.metering.topology;

import static java.math.BigDecimal.ZERO;

import io.tollgate.metering.aggregation.SeriesState;
import io.tollgate.metering.aggregation.SeriesState.Sample;
import io.tollgate.metering.aggregation.Value;
import io.tollgate.metering.topology.Counters.Counter;
import io.tollgate.model.event.Aggregation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Applies contributions to the series of one task, and lists what must be emitted. */
final class Totals {

  private final TaskStores stores;
  private final Counters counters;
  private final long maxMembers;

  Totals(TaskStores stores, Counters counters, long maxMembers) {
    this.stores = stores;
    this.counters = counters;
    this.maxMembers = maxMembers;
  }

  /** Whether no series would grow over its bound. */
  boolean fits(List<Contribution> contributions) {
    for (Contribution contribution : contributions) {
      if (contribution.value() instanceof Value.Member member) {
        boolean full = load(contribution).members() >= maxMembers;
        if (full
            && stores.members().get(StoreKeys.member(contribution.key(), member.text())) == null) {
          return false;
        }
      }
    }
    return true;
  }

  /** Counts an event in its series. */
  void add(List<Contribution> contributions, Instant time, long position, Instant closedUpTo) {
    for (Contribution contribution : contributions) {
      SeriesState state = load(contribution);
      SeriesState changed =
          switch (contribution.value()) {
            case Value.Amount number -> plus(contribution, state, number.number(), time, position);
            case Value.Member member -> state.plusMembers(reference(contribution.key(), member, 1));
            case Value.Occurrence occurrence -> state;
            case Value.Refused refused -> throw new IllegalArgumentException(refused.reason());
          };
      save(contribution, changed.plusEvents(1), closedUpTo);
    }
    counters.add(Counter.CONTRIBUTIONS, contributions.size());
  }

  /** Takes an event back out of its series. */
  void remove(List<Contribution> contributions, Instant time, long position, Instant closedUpTo) {
    for (Contribution contribution : contributions) {
      SeriesState state = load(contribution);
      SeriesState changed =
          switch (contribution.value()) {
            case Value.Amount number -> minus(contribution, state, number.number(), time, position);
            case Value.Member member ->
                state.plusMembers(reference(contribution.key(), member, -1));
            case Value.Occurrence occurrence -> state;
            case Value.Refused refused -> throw new IllegalArgumentException(refused.reason());
          };
      save(contribution, changed.plusEvents(-1), closedUpTo);
    }
    counters.add(Counter.CONTRIBUTIONS, -contributions.size());
  }

  /** Adds an amount that no event brought; SUM and COUNT only. */
  void adjust(List<Contribution> contributions, BigDecimal amount, Instant closedUpTo) {
    for (Contribution contribution : contributions) {
      save(contribution, load(contribution).plus(amount), closedUpTo);
    }
  }

  /** Whether every series has counted something. */
  boolean allHaveEvents(List<Contribution> contributions) {
    return contributions.stream().allMatch(contribution -> load(contribution).events() > 0);
  }

  /**
   * Whether every series stays at 0 or more when an event goes and another comes.
   *
   * @param gone what the event that goes had added
   * @param come what the other adds; nothing where none comes
   */
  boolean staysPositive(List<Contribution> gone, List<Contribution> come) {
    return gone.stream()
        .allMatch(
            contribution ->
                load(contribution)
                        .quantity()
                        .subtract(amount(gone, contribution))
                        .add(amount(come, contribution))
                        .signum()
                    >= 0);
  }

  /** By how much contributions raise the total of a series that adds up; else 0. */
  private static BigDecimal amount(List<Contribution> contributions, Contribution series) {
    return contributions.stream()
        .filter(each -> Arrays.equals(each.key(), series.key()))
        .map(
            each ->
                switch (each.aggregation()) {
                  case SUM -> each.value() instanceof Value.Amount sum ? sum.number() : ZERO;
                  case COUNT -> BigDecimal.ONE;
                  case MAX, LATEST, UNIQUE_COUNT -> ZERO;
                })
        .reduce(ZERO, BigDecimal::add);
  }

  /** Whether every series stays at 0 or more with the amount. */
  boolean staysPositive(List<Contribution> contributions, BigDecimal amount) {
    return contributions.stream()
        .allMatch(contribution -> load(contribution).quantity().add(amount).signum() >= 0);
  }

  private SeriesState load(Contribution contribution) {
    SeriesState known = stores.series().get(Bytes.wrap(contribution.key()));
    return known == null
        ? SeriesState.empty(contribution.aggregation(), contribution.window().end())
        : known;
  }

  private void save(Contribution contribution, SeriesState state, Instant closedUpTo) {
    SeriesState marked = state;
    if (!state.dirty()) {
      stores.dirty().put(StoreKeys.dirty(state.windowEnd(), contribution.key()), Closing.PRESENT);
      marked = state.marked();
    }
    if (state.windowEnd() <= closedUpTo.getEpochSecond()) {
      counters.add(Counter.LATE, 1);
    }
    stores.series().put(Bytes.wrap(contribution.key()), marked);
  }

  private SeriesState plus(
      Contribution contribution, SeriesState state, BigDecimal value, Instant time, long position) {
    if (contribution.aggregation() == Aggregation.SUM) {
      return state.plus(value);
    }
    Sample sample = new Sample(micros(time), position, value);
    stores.samples().put(StoreKeys.sample(contribution.key(), sample), bytes(value));
    return state.withSample(Sample.winner(contribution.aggregation(), state.sample(), sample));
  }

  private SeriesState minus(
      Contribution contribution, SeriesState state, BigDecimal value, Instant time, long position) {
    if (contribution.aggregation() == Aggregation.SUM) {
      return state.plus(value.negate());
    }
    Sample gone = new Sample(micros(time), position, value);
    stores.samples().delete(StoreKeys.sample(contribution.key(), gone));
    return state.withSample(winner(contribution));
  }

  private Sample winner(Contribution contribution) {
    StoreKeys.Range range = StoreKeys.samples(contribution.key());
    Sample winner = Sample.NONE;
    try (KeyValueIterator<Bytes, byte[]> samples =
        stores.samples().range(range.from(), range.to())) {
      while (samples.hasNext()) {
        KeyValue<Bytes, byte[]> next = samples.next();
        ByteBuffer suffix = StoreKeys.timeAndPosition(next.key);
        Sample sample = new Sample(suffix.getLong(), suffix.getLong(), decimal(next.value));
        winner = Sample.winner(contribution.aggregation(), winner, sample);
      }
    }
    return winner;
  }

  /** Counts references to a member; says by how many different members the series changes. */
  private int reference(byte[] series, Value.Member member, int change) {
    Bytes key = StoreKeys.member(series, member.text());
    byte[] stored = stores.members().get(key);
    long before = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    long after = before + change;
    if (after <= 0) {
      stores.members().delete(key);
      return before > 0 ? -1 : 0;
    }
    stores.members().put(key, ByteBuffer.allocate(8).putLong(after).array());
    return before == 0 ? 1 : 0;
  }

  private static byte[] bytes(BigDecimal value) {
    byte[] unscaled = value.unscaledValue().toByteArray();
    return ByteBuffer.allocate(4 + unscaled.length).putInt(value.scale()).put(unscaled).array();
  }

  private static BigDecimal decimal(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int scale = buffer.getInt();
    byte[] unscaled = new byte[buffer.remaining()];
    buffer.get(unscaled);
    return new BigDecimal(new BigInteger(unscaled), scale);
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
