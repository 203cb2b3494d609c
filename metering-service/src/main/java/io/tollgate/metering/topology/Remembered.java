package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import java.nio.ByteBuffer;
import java.util.Collection;

/**
 * What is remembered of an identity, in the segment of tick time in which it was accepted.
 *
 * @param identity which event
 * @param payloadHash what the event said
 * @param position where it was accepted
 * @param standing what became of it
 * @param segment first millisecond of the segment
 */
record Remembered(
    Identity identity, long payloadHash, long position, Standing standing, long segment) {

  /** Bytes of one of them in a pack: its identity, then its value. */
  static final int PACKED = Identity.LENGTH + Remembered.VALUE;

  /** Bytes of its value. */
  static final int VALUE = 17;

  private static final int KEY = 17;

  /** The fate of an event; the codes are stored. */
  enum Standing {
    COUNTED((byte) 0),
    VOIDED((byte) 1),
    /** As if it had never come. */
    FORGOTTEN((byte) 2),
    /** Counted, apart from other usage: its instance was suspended when it was used. */
    COUNTED_SUSPENDED((byte) 3);

    private final byte code;

    Standing(byte code) {
      this.code = code;
    }

    private static Standing of(byte code) {
      return switch (code) {
        case 0 -> COUNTED;
        case 1 -> VOIDED;
        case 2 -> FORGOTTEN;
        case 3 -> COUNTED_SUSPENDED;
        default -> throw new IllegalStateException("no standing has the code " + code);
      };
    }
  }

  /** The same, with another standing. */
  Remembered as(Standing other) {
    return new Remembered(identity, payloadHash, position, other, segment);
  }

  /** Those of one segment that a record of the log changed, as one value. */
  static byte[] pack(Collection<Remembered> entries) {
    ByteBuffer pack = ByteBuffer.allocate(entries.size() * PACKED);
    for (Remembered each : entries) {
      pack.putLong(each.identity.high())
          .putLong(each.identity.low())
          .putLong(each.payloadHash)
          .putLong(each.position)
          .put(each.standing.code);
    }
    return pack.array();
  }

  /**
   * The key of a pack; no other pack has it, so that compaction leaves all of them.
   *
   * @param input which of a task's inputs the record is of
   * @param offset the record's
   */
  static byte[] packKey(long segment, byte input, long offset) {
    return ByteBuffer.allocate(KEY).putLong(segment).put(input).putLong(offset).array();
  }

  static long segmentOfPack(byte[] key) {
    return ByteBuffer.wrap(key).getLong();
  }

  static boolean isForgotten(byte[] pack, int at) {
    return pack[at + PACKED - 1] == Standing.FORGOTTEN.code;
  }

  /** What a value says. */
  static Remembered of(Identity identity, byte[] value, long segment) {
    ByteBuffer buffer = ByteBuffer.wrap(value);
    return new Remembered(
        identity, buffer.getLong(), buffer.getLong(), Standing.of(buffer.get()), segment);
  }
}
