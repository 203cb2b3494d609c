package io.tollgate.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Hashes that outlive a process: ids derived from what they identify, and fingerprints of requests.
 *
 * <p>The input is a text that the caller spells out, never a {@code toString} or {@code hashCode}:
 * renaming a field must not change ids. Code that derives an id pins it with a literal in a test.
 */
public final class Hashes {

  private Hashes() {}

  /** SHA-256 of a text's UTF-8 bytes, 64 hexadecimal digits. */
  public static String sha256(String text) {
    return HexFormat.of().formatHex(sha256(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * The beginning of it, for ids.
   *
   * @param digits how many hexadecimal digits, each worth 4 bits; 64 at most
   */
  public static String sha256(String text, int digits) {
    return sha256(text).substring(0, digits);
  }

  /** SHA-256 of bytes, 32 bytes. */
  public static byte[] sha256(byte[] bytes) {
    return sha256().digest(bytes);
  }

  /** A digest to be fed piece by piece, by one thread. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The id of what a text names: the same name has the same id.
   *
   * @param prefix tells what kind of thing it is
   * @param name in a form that no other thing of the kind shares
   */
  public static String named(String prefix, String name) {
    return prefix + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }
}
