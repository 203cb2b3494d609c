package io.tollgate.metering.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/** Hashes of events; SHA-256, because a platform may choose ids at will. One per thread. */
final class Hashing {

  private final MessageDigest digest = sha256();

  Identity identity(String source, String subject, String id) {
    ByteBuffer hash = ByteBuffer.wrap(part(source).part(subject).part(id).digest.digest());
    return new Identity(hash.getLong(), hash.getLong());
  }

  long payload(String type, Instant time, byte[] bytes, int dataOffset, int dataLength) {
    part(type);
    digest.update(
        ByteBuffer.allocate(12).putLong(time.getEpochSecond()).putInt(time.getNano()).flip());
    digest.update(bytes, dataOffset, dataLength);
    return ByteBuffer.wrap(digest.digest()).getLong();
  }

  /** Length first, so that no two different lists of parts have the same bytes. */
  private Hashing part(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    digest.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
    return this;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
