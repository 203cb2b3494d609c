package io.tollgate.support.web;

import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.springframework.http.HttpStatus;

/** A compressed body that is decompressed while it is read. */
abstract class PackedBody extends InputStream {

  /** The compressed bytes. */
  protected final byte[] packed;

  /** The decompressor; nothing is kept of it after {@link #close}. */
  protected final Inflater inflater;

  private final String coding;

  PackedBody(String coding, byte[] packed, boolean raw) {
    this.coding = coding;
    this.packed = packed;
    this.inflater = new Inflater(raw);
  }

  /** Unpacks some bytes, at least one unless the compressed data ends. */
  protected int inflate(byte[] to, int offset, int length) {
    try {
      int count = inflater.inflate(to, offset, length);
      if (count == 0 && !inflater.finished()) {
        throw damaged("it ends too early");
      }
      return count;
    } catch (DataFormatException e) {
      throw damaged("its data is damaged");
    }
  }

  /** A byte as a number from 0 to 255. */
  protected static int unsigned(byte[] bytes, int at) {
    return bytes[at] & 0xFF;
  }

  /** The refusal of a body that cannot be unpacked. */
  protected ProblemException damaged(String why) {
    return new ProblemException(
        HttpStatus.BAD_REQUEST, "malformed-body", "the body is not valid " + coding + ": " + why);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public abstract int read(byte[] to, int offset, int length);

  @Override
  public void close() {
    inflater.end();
  }
}
