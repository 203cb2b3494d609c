package io.tollgate.support.web;

import java.util.concurrent.Semaphore;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;

/**
 * Limits the total bytes of request bodies in progress. A body of unknown length, compressed or
 * chunked, acquires its share as it grows.
 */
public final class BodyBudget {

  private static final int KIBIBYTE = 1024;

  /** What a body of unknown length begins with. */
  private static final int UNKNOWN_KIB = 64;

  private final Semaphore kib;
  private final int maxBodyKib;

  /**
   * @param totalKib of all bodies in progress, in KiB
   * @param maxBodyKib of one body, in KiB
   */
  public BodyBudget(int totalKib, int maxBodyKib) {
    this.kib = new Semaphore(totalKib);
    this.maxBodyKib = maxBodyKib;
  }

  /** Largest body, in bytes. */
  public int maxBody() {
    return maxBodyKib * KIBIBYTE;
  }

  /**
   * Takes the share of a body.
   *
   * @param contentLength its length; negative when it is not known
   * @throws ProblemException 429 when it is not to be had
   */
  public Share take(long contentLength) {
    int cost =
        contentLength < 0
            ? Math.min(UNKNOWN_KIB, maxBodyKib)
            : (int) Math.min(maxBodyKib, contentLength / KIBIBYTE + 1);
    acquire(cost);
    return new Share(cost);
  }

  private void acquire(int more) {
    if (!kib.tryAcquire(more)) {
      throw new ProblemException(
          HttpStatus.TOO_MANY_REQUESTS,
          "too-many-bytes",
          "this instance is receiving too many bytes at the moment");
    }
  }

  /** What one body holds of it; its bytes arrive one after the other. */
  public final class Share {

    private int heldKib;
    private long bytes;

    private Share(int heldKib) {
      this.heldKib = heldKib;
    }

    /** Whether the whole body is known to be at most so large. */
    public boolean isAtMost(int sizeKib) {
      return heldKib <= sizeKib;
    }

    /** Some bytes have come. */
    public DataBuffer add(DataBuffer buffer) {
      bytes += buffer.readableByteCount();
      int more = (int) Math.min(maxBodyKib, bytes / KIBIBYTE + 1) - heldKib;
      if (more > 0) {
        grow(buffer, Math.min(Math.max(more, heldKib), maxBodyKib - heldKib));
      }
      return buffer;
    }

    private void grow(DataBuffer buffer, int more) {
      try {
        acquire(more);
      } catch (ProblemException e) {
        DataBufferUtils.release(buffer);
        throw e;
      }
      heldKib += more;
    }

    /** Gives everything back. */
    public void release() {
      kib.release(heldKib);
    }
  }
}
