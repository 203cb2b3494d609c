package io.tollgate.metering.aggregation;

import io.tollgate.model.Hashes;
import io.tollgate.model.event.UsageRevision;
import java.util.HexFormat;

/**
 * The CloudEvents id of a {@link UsageRevision}.
 *
 * <p>Half of it is for people; what makes it different from that of any other series is 128 bits of
 * a hash of the series' bytes, in which each part comes after its length.
 */
public final class RevisionId {

  private static final int HASH_BYTES = 16;

  private RevisionId() {}

  /**
   * The id of a revision.
   *
   * @param generation of topics and state
   * @param key the series and its window
   * @param bytes the key's bytes
   */
  public static String of(String generation, SeriesKey key, byte[] bytes, int revision) {
    return String.join(
        "-",
        generation,
        key.instance().value(),
        key.meter().value(),
        hash(bytes),
        key.windowStart().toString(),
        Integer.toString(revision));
  }

  private static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(Hashes.sha256(bytes), 0, HASH_BYTES);
  }
}
