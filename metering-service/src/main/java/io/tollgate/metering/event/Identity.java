package io.tollgate.metering.event;

import java.nio.ByteBuffer;

/**
 * 128 bits of a cryptographic hash of (source, subject, id): nobody can make two events share one.
 *
 * @param high the first 64 bits
 * @param low the last 64 bits
 */
public record Identity(long high, long low) {

  /** Bytes of an identity. */
  public static final int LENGTH = 16;

  /** The identity of an event. */
  public static Identity of(String source, String subject, String id) {
    return new Hashing().identity(source, subject, id);
  }

  /** The identity as a key. */
  public byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).putLong(high).putLong(low).array();
  }
}
