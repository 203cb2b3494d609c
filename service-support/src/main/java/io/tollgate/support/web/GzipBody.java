package io.tollgate.support.web;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/**
 * A body in {@code gzip} (RFC 1952), of one member or several. Java's own stream silently ignores
 * unreadable data after the first member, which would lose events.
 */
final class GzipBody extends PackedBody {

  private static final int MAGIC = 0x1F8B;
  private static final int FIXED_HEADER = 10;
  private static final int TRAILER = 8;
  private static final int HAS_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private final CRC32 crc = new CRC32();

  GzipBody(byte[] packed) {
    super("gzip", packed, true);
    begin(0);
  }

  private void begin(int at) {
    int data = header(at);
    inflater.reset();
    crc.reset();
    inflater.setInput(packed, data, packed.length - data);
  }

  /** Passes over a member's header; says where its data begins. */
  private int header(int at) {
    require(at, FIXED_HEADER);
    if (unsigned(packed, at) * 256 + unsigned(packed, at + 1) != MAGIC || packed[at + 2] != 8) {
      throw damaged(at == 0 ? "it lacks the header" : "something follows it");
    }
    int flags = packed[at + 3];
    int next = at + FIXED_HEADER;
    if ((flags & HAS_EXTRA) != 0) {
      require(next, 2);
      next += 2 + unsigned(packed, next) + unsigned(packed, next + 1) * 256;
    }
    if ((flags & HAS_NAME) != 0) {
      next = afterZero(next);
    }
    if ((flags & HAS_COMMENT) != 0) {
      next = afterZero(next);
    }
    if ((flags & HAS_CRC) != 0) {
      next += 2;
    }
    require(next, 0);
    return next;
  }

  private int afterZero(int from) {
    int at = from;
    while (at < packed.length && packed[at] != 0) {
      at++;
    }
    require(at, 1);
    return at + 1;
  }

  private void require(int at, int length) {
    if (at < 0 || length > packed.length - at) {
      throw damaged("it ends too early");
    }
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    while (length > 0) {
      int count = inflater.finished() ? 0 : inflate(to, offset, length);
      crc.update(to, offset, count);
      if (count > 0) {
        return count;
      }
      int next = trailer(packed.length - inflater.getRemaining());
      if (next == packed.length) {
        return -1;
      }
      begin(next);
    }
    return 0;
  }

  /** Checks a member's trailer; says where it ends. */
  private int trailer(int at) {
    require(at, TRAILER);
    ByteBuffer trailer = ByteBuffer.wrap(packed, at, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
    if (trailer.getInt() != (int) crc.getValue()
        || trailer.getInt() != (int) inflater.getBytesWritten()) {
      throw damaged("its checksum or length is wrong");
    }
    return at + TRAILER;
  }
}
