package io.tollgate.metering.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.model.Hashes;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.time.Instant;

/** Hashes of events; SHA-256, because a platform may choose ids at will. One per thread. */
final class Hashing {

  private static final int INITIAL_BYTES = 1_024;

  private final MessageDigest digest = Hashes.sha256();
  private final ByteBuffer hash = ByteBuffer.wrap(new byte[digest.getDigestLength()]);
  private ByteBuffer parts = ByteBuffer.allocate(INITIAL_BYTES);

  Identity identity(String source, String subject, String id) {
    part(source).part(subject).part(id).digest();
    return new Identity(hash.getLong(), hash.getLong());
  }

  long payload(String type, Instant time, byte[] bytes, int dataOffset, int dataLength) {
    part(type).room(Long.BYTES + Integer.BYTES);
    parts.putLong(time.getEpochSecond()).putInt(time.getNano());
    room(dataLength);
    parts.put(bytes, dataOffset, dataLength);
    digest();
    return hash.getLong();
  }

  /** Length first, so that no two different lists of parts have the same bytes. */
  private Hashing part(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    room(Integer.BYTES + bytes.length);
    parts.putInt(bytes.length).put(bytes);
    return this;
  }

  private void room(int length) {
    if (parts.remaining() < length) {
      parts = ByteBuffer.allocate(2 * (parts.position() + length)).put(parts.flip());
    }
  }

  private void digest() {
    digest.update(parts.array(), 0, parts.position());
    parts.clear();
    try {
      int unused = digest.digest(hash.array(), 0, hash.capacity());
    } catch (DigestException e) {
      throw new IllegalStateException("the hash has its place", e);
    }
    hash.clear();
  }
}
