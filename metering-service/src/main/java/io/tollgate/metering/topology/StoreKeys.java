package io.tollgate.metering.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.metering.aggregation.SeriesKey;
import io.tollgate.metering.aggregation.SeriesState.Sample;
import io.tollgate.model.Granularity;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * The keys of a task's stores: every layout is here and nowhere else. What the values are, and what
 * bounds each store, stands in the README of this package.
 *
 * <p>Numbers are big-endian and not negative, so that keys sort as what they stand for. Texts come
 * after their length where something follows them.
 */
final class StoreKeys {

  /** Of the store {@code progress}: the last tick. */
  static final Bytes TICK = Bytes.wrap(new byte[] {'t'});

  /** Of the store {@code progress}: what became of events. */
  static final Bytes COUNTERS = Bytes.wrap(new byte[] {'c'});

  private static final byte SEQUENCE = 's';
  private static final byte TALLY = 'f';

  private static final byte STAGE = 'm';
  private static final byte WAITED = 'w';
  private static final byte AMENDED = 'a';

  private static final byte CLAIM = 'k';

  /** No key of an instance begins so: an instance's name is shorter than 256 bytes. */
  private static final byte BY_TICK = 1;

  private static final int MEMBER_HASH = 16;
  private static final int SAMPLE = 16;
  private static final int POSITION = 8;

  /** Bytes before the event in a key that says it waits. */
  private static final int WAITING = 1 + 8;

  private StoreKeys() {}

  /** Keys of a kind lie between two others. */
  record Range(Bytes from, Bytes to) {

    /** All keys that begin with a prefix which is not all ones. */
    static Range of(byte[] prefix) {
      return new Range(Bytes.wrap(prefix), Bytes.increment(Bytes.wrap(prefix)));
    }
  }

  // progress

  /** The last number of the markers of one output partition. */
  static Bytes sequence(Granularity granularity, int output) {
    return Bytes.wrap(
        ByteBuffer.allocate(6)
            .put(SEQUENCE)
            .put(SeriesKey.code(granularity))
            .putInt(output)
            .array());
  }

  /** How many events of a platform came to a fate; no fate has a line feed. */
  static Bytes tally(String platform, String fate) {
    return text(TALLY, platform + "\n" + fate);
  }

  static Range tallies() {
    return Range.of(new byte[] {TALLY});
  }

  /** The platform and the fate of a tally. */
  static String[] platformAndFate(Bytes tally) {
    String text = new String(tally.get(), 1, tally.get().length - 1, UTF_8);
    int at = text.lastIndexOf('\n');
    return new String[] {text.substring(0, at), text.substring(at + 1)};
  }

  // counted-by

  /** A stage of what a task knows of meters. */
  static Bytes stage(int number) {
    return Bytes.wrap(ByteBuffer.allocate(5).put(STAGE).putInt(number).array());
  }

  static Range stages() {
    return Range.of(new byte[] {STAGE});
  }

  /** At which stage the events of an instance were counted that waited for it. */
  static Bytes waited(String instance) {
    return text(WAITED, instance);
  }

  /** At which stage an amended event was counted. */
  static Bytes amended(long position) {
    return Bytes.wrap(ByteBuffer.allocate(1 + POSITION).put(AMENDED).putLong(position).array());
  }

  /** Whether a key is of an exception from what an event's position says. */
  static boolean isException(Bytes key) {
    return key.get()[0] != STAGE;
  }

  // pending and uncounted

  /** An event of an instance, by where it lies. */
  static Bytes event(String instance, long position) {
    byte[] name = instance.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(2 + name.length + POSITION)
            .putShort((short) name.length)
            .put(name)
            .putLong(position)
            .array());
  }

  /** The events of an instance. */
  static Range eventsOf(String instance) {
    return new Range(event(instance, 0), event(instance, Long.MAX_VALUE));
  }

  /** All events; what else the stores have follows them. */
  static Range events() {
    return new Range(Bytes.wrap(new byte[1]), Bytes.wrap(new byte[] {BY_TICK}));
  }

  /** Where the event of a key lies. */
  static long position(Bytes event) {
    byte[] key = event.get();
    return ByteBuffer.wrap(key, key.length - POSITION, POSITION).getLong();
  }

  /** That an event waits since a tick. */
  static Bytes waiting(Instant tick, Bytes event) {
    return Bytes.wrap(
        ByteBuffer.allocate(WAITING + event.get().length)
            .put(BY_TICK)
            .putLong(tick.getEpochSecond())
            .put(event.get())
            .array());
  }

  /** What waits since before a tick, the oldest first. */
  static Range waitingBefore(Instant tick) {
    Bytes nothing = Bytes.wrap(new byte[0]);
    return new Range(waiting(Instant.EPOCH, nothing), waiting(tick, nothing));
  }

  /** The event of a key that says it waits. */
  static Bytes eventWaiting(Bytes waiting) {
    return Bytes.wrap(Arrays.copyOfRange(waiting.get(), WAITING, waiting.get().length));
  }

  /** That an uncounted event of a platform is kept since a tick. */
  static Bytes kept(String platform, Instant tick, Bytes event) {
    byte[] begin = keptUntil(platform, tick);
    return Bytes.wrap(
        ByteBuffer.allocate(begin.length + event.get().length).put(begin).put(event.get()).array());
  }

  /** What is kept of a platform, the oldest first. */
  static Range keptOf(String platform) {
    byte[] begin = keptUntil(platform, Instant.EPOCH);
    return Range.of(Arrays.copyOf(begin, begin.length - 8));
  }

  /** What is kept of a platform since before a tick, the oldest first. */
  static Range keptBefore(String platform, Instant tick) {
    return new Range(
        Bytes.wrap(keptUntil(platform, Instant.EPOCH)), Bytes.wrap(keptUntil(platform, tick)));
  }

  private static byte[] keptUntil(String platform, Instant tick) {
    byte[] name = platform.getBytes(UTF_8);
    return ByteBuffer.allocate(1 + 2 + name.length + 8)
        .put(BY_TICK)
        .putShort((short) name.length)
        .put(name)
        .putLong(tick.getEpochSecond())
        .array();
  }

  /** The event of a key that says it is kept. */
  static Bytes eventOf(Bytes kept) {
    byte[] key = kept.get();
    int name = ByteBuffer.wrap(key, 1, 2).getShort();
    return Bytes.wrap(Arrays.copyOfRange(key, 1 + 2 + name + 8, key.length));
  }

  // series, dirty, members, samples

  /** A series that is listed for emission, by the end of its window. */
  static Bytes dirty(long windowEndSeconds, byte[] series) {
    return Bytes.wrap(
        ByteBuffer.allocate(8 + series.length).putLong(windowEndSeconds).put(series).array());
  }

  /** The series of a key of the list. */
  static byte[] seriesOf(Bytes dirty) {
    return Arrays.copyOfRange(dirty.get(), 8, dirty.get().length);
  }

  /** A member of a series; members with one hash would be one. */
  static Bytes member(byte[] series, String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return Bytes.wrap(
          ByteBuffer.allocate(series.length + MEMBER_HASH)
              .put(series)
              .put(hash, 0, MEMBER_HASH)
              .array());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** A value of a series, by its time and place. */
  static Bytes sample(byte[] series, Sample sample) {
    return Bytes.wrap(
        ByteBuffer.allocate(series.length + SAMPLE)
            .put(series)
            .putLong(sample.timeMicros())
            .putLong(sample.position())
            .array());
  }

  /** The values of a series. */
  static Range samples(byte[] series) {
    byte[] from = Arrays.copyOf(series, series.length + SAMPLE);
    byte[] to = from.clone();
    Arrays.fill(to, series.length, to.length, (byte) 0xff);
    return new Range(Bytes.wrap(from), Bytes.wrap(to));
  }

  /** Time and place of a value, by its key. */
  static ByteBuffer timeAndPosition(Bytes sample) {
    byte[] key = sample.get();
    return ByteBuffer.wrap(key, key.length - SAMPLE, SAMPLE);
  }

  // corrections

  /** Which request has an id; ids are hexadecimal, so no correction's own key begins so. */
  static Bytes claim(String id) {
    return text(CLAIM, id);
  }

  // instances, corrections

  /** A text as it is. */
  static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(UTF_8));
  }

  private static Bytes text(byte kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return Bytes.wrap(ByteBuffer.allocate(1 + bytes.length).put(kind).put(bytes).array());
  }
}
