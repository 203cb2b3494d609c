package io.tollgate.metering.aggregation;

import io.tollgate.model.Quantity;
import io.tollgate.model.event.Aggregation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * The running total of one series in one window.
 *
 * <p>Sums are exact and independent of order; {@link BigDecimal} keeps them in a long while they
 * fit. MAX and LATEST hold the winning sample; which one wins after a void is looked up by the
 * caller.
 *
 * @param aggregation how events become a quantity
 * @param windowEnd end of the window, in seconds
 * @param sum sum of values; for COUNT what corrections added
 * @param events usage events counted
 * @param sample the winning value of MAX and LATEST
 * @param members different members of UNIQUE_COUNT
 * @param revision the last one emitted; 0 while the window is open
 * @param dirty whether it is listed for the next closing
 */
public record SeriesState(
    Aggregation aggregation,
    long windowEnd,
    BigDecimal sum,
    long events,
    Sample sample,
    long members,
    int revision,
    boolean dirty) {

  private static final byte COMPACT = 1;
  private static final byte WIDE = 2;

  /**
   * A value at a time; the later, then the later accepted, is the latest.
   *
   * @param timeMicros event time
   * @param position where it was accepted
   * @param value the value
   */
  public record Sample(long timeMicros, long position, BigDecimal value) {

    /** No sample. */
    public static final Sample NONE = new Sample(Long.MIN_VALUE, -1, BigDecimal.ZERO);

    boolean isNone() {
      return position < 0;
    }

    /** The winner of two under an aggregation. */
    public static Sample winner(Aggregation aggregation, Sample one, Sample other) {
      if (one.isNone() || other.isNone()) {
        return one.isNone() ? other : one;
      }
      if (aggregation == Aggregation.MAX) {
        return other.value.compareTo(one.value) > 0 ? other : one;
      }
      boolean later =
          other.timeMicros > one.timeMicros
              || (other.timeMicros == one.timeMicros && other.position > one.position);
      return later ? other : one;
    }
  }

  /** A series nothing was counted in. */
  public static SeriesState empty(Aggregation aggregation, Instant windowEnd) {
    return new SeriesState(
        aggregation, windowEnd.getEpochSecond(), BigDecimal.ZERO, 0, Sample.NONE, 0, 0, false);
  }

  /** The window's total. */
  public BigDecimal quantity() {
    return Quantity.canonical(
        switch (aggregation) {
          case SUM -> sum;
          case COUNT -> sum.add(BigDecimal.valueOf(events));
          case MAX, LATEST -> sample.value();
          case UNIQUE_COUNT -> BigDecimal.valueOf(members);
        });
  }

  /** With an amount more, or less; counts no event. */
  public SeriesState plus(BigDecimal amount) {
    return new SeriesState(
        aggregation, windowEnd, sum.add(amount), events, sample, members, revision, dirty);
  }

  /** With events more, or less. */
  public SeriesState plusEvents(int count) {
    return new SeriesState(
        aggregation, windowEnd, sum, events + count, sample, members, revision, dirty);
  }

  /** With this sample as the winning one. */
  public SeriesState withSample(Sample winner) {
    return new SeriesState(aggregation, windowEnd, sum, events, winner, members, revision, dirty);
  }

  /** With members more, or less. */
  public SeriesState plusMembers(int count) {
    return new SeriesState(
        aggregation, windowEnd, sum, events, sample, members + count, revision, dirty);
  }

  /** Listed for the next closing. */
  public SeriesState marked() {
    return new SeriesState(aggregation, windowEnd, sum, events, sample, members, revision, true);
  }

  /** Emitted once more. */
  public SeriesState emitted() {
    return new SeriesState(
        aggregation, windowEnd, sum, events, sample, members, revision + 1, false);
  }

  /** The state as bytes. */
  public byte[] bytes() {
    byte[] sumBytes = wide(sum);
    byte[] sampleBytes = wide(sample.value());
    ByteBuffer buffer =
        ByteBuffer.allocate(
            1 + 1 + 8 + 8 + 8 + 4 + 16 + 2 * 5 + 16 + sumBytes.length + sampleBytes.length);
    buffer
        .put(code(aggregation))
        .put((byte) (dirty ? 1 : 0))
        .putLong(windowEnd)
        .putLong(events)
        .putLong(members)
        .putInt(revision);
    put(buffer, sum, sumBytes);
    buffer.putLong(sample.timeMicros()).putLong(sample.position());
    put(buffer, sample.value(), sampleBytes);
    byte[] bytes = new byte[buffer.position()];
    buffer.flip().get(bytes);
    return bytes;
  }

  /** The state of bytes. */
  public static SeriesState of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    Aggregation aggregation = aggregation(buffer.get());
    boolean dirty = buffer.get() == 1;
    long windowEnd = buffer.getLong();
    long events = buffer.getLong();
    long members = buffer.getLong();
    int revision = buffer.getInt();
    BigDecimal sum = decimal(buffer);
    long time = buffer.getLong();
    long position = buffer.getLong();
    BigDecimal value = decimal(buffer);
    Sample sample = position < 0 ? Sample.NONE : new Sample(time, position, value);
    return new SeriesState(aggregation, windowEnd, sum, events, sample, members, revision, dirty);
  }

  private static byte code(Aggregation aggregation) {
    return switch (aggregation) {
      case SUM -> 0;
      case COUNT -> 1;
      case MAX -> 2;
      case LATEST -> 3;
      case UNIQUE_COUNT -> 4;
    };
  }

  private static Aggregation aggregation(byte code) {
    return switch (code) {
      case 0 -> Aggregation.SUM;
      case 1 -> Aggregation.COUNT;
      case 2 -> Aggregation.MAX;
      case 3 -> Aggregation.LATEST;
      case 4 -> Aggregation.UNIQUE_COUNT;
      default -> throw new IllegalStateException("no aggregation has the code " + code);
    };
  }

  private static final byte[] NOTHING = {};

  /** Empty where the unscaled value fits a long. */
  private static byte[] wide(BigDecimal value) {
    return value.precision() <= 18 ? NOTHING : value.unscaledValue().toByteArray();
  }

  private static void put(ByteBuffer buffer, BigDecimal value, byte[] wide) {
    if (wide.length == 0) {
      long unscaled = value.scaleByPowerOfTen(value.scale()).longValue();
      buffer.put(COMPACT).putInt(value.scale()).putLong(unscaled);
    } else {
      buffer.put(WIDE).putInt(value.scale()).putShort((short) wide.length).put(wide);
    }
  }

  private static BigDecimal decimal(ByteBuffer buffer) {
    byte kind = buffer.get();
    int scale = buffer.getInt();
    if (kind == COMPACT) {
      return BigDecimal.valueOf(buffer.getLong(), scale);
    }
    byte[] unscaled = new byte[buffer.getShort()];
    buffer.get(unscaled);
    return new BigDecimal(new BigInteger(unscaled), scale);
  }
}
