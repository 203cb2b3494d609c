package io.tollgate.support.web;

/** A body in {@code deflate}: zlib format, or the raw format that some clients send. */
final class DeflatedBody extends PackedBody {

  DeflatedBody(byte[] packed) {
    super("deflate", packed, !isZlib(packed));
    inflater.setInput(packed);
  }

  private static boolean isZlib(byte[] packed) {
    return packed.length >= 2
        && (packed[0] & 0x0F) == 8
        && (unsigned(packed, 0) * 256 + unsigned(packed, 1)) % 31 == 0;
  }

  @Override
  public int read(byte[] to, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (inflater.finished()) {
      return -1;
    }
    int count = inflate(to, offset, length);
    if (inflater.finished() && inflater.getRemaining() > 0) {
      throw damaged("something follows it");
    }
    return count == 0 ? -1 : count;
  }
}
