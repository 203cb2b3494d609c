package io.tollgate.support.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class PackedBodyTest {

  private static final byte[] TEXT = "some text, some text, some text".repeat(999).getBytes(UTF_8);

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] deflate(byte[] bytes, boolean raw) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate =
        new DeflaterOutputStream(out, new Deflater(Deflater.BEST_SPEED, raw))) {
      deflate.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] unpacked(ContentCoding coding, byte[] packed) throws IOException {
    try (InputStream in = coding.unpack(packed)) {
      return in.readAllBytes();
    }
  }

  private static void assertDamaged(ContentCoding coding, byte[] packed, String why) {
    assertThatThrownBy(() -> unpacked(coding, packed))
        .isInstanceOfSatisfying(
            ProblemException.class,
            problem -> assertThat(problem.slug()).isEqualTo("malformed-body"))
        .hasMessageContaining(why);
  }

  @Test
  void whatWasPackedComesOut() throws IOException {
    for (byte[] text : new byte[][] {{}, {1}, TEXT}) {
      assertThat(unpacked(ContentCoding.GZIP, gzip(text))).isEqualTo(text);
      assertThat(unpacked(ContentCoding.DEFLATE, deflate(text, false))).isEqualTo(text);
      assertThat(unpacked(ContentCoding.DEFLATE, deflate(text, true))).isEqualTo(text);
    }
  }

  @Test
  void severalMembersOfGzipAreOneBody() throws IOException {
    byte[] several = joined(gzip(TEXT), gzip(new byte[0]), gzip(new byte[] {7}));
    assertThat(unpacked(ContentCoding.GZIP, several)).isEqualTo(joined(TEXT, new byte[] {7}));
  }

  @Test
  void aHeaderOfGzipMayHaveAllItsFields() throws IOException {
    byte[] plain = gzip(TEXT);
    byte[] header = {0x1F, (byte) 0x8B, 8, 31, 0, 0, 0, 0, 0, 0, 2, 0, 9, 9, 'n', 0, 'c', 0, 1, 2};
    byte[] full = joined(header, Arrays.copyOfRange(plain, 10, plain.length));
    assertThat(unpacked(ContentCoding.GZIP, full)).isEqualTo(TEXT);
  }

  @Test
  void whatIsCutOffDamagedOrFollowedBySomethingIsRefused() throws IOException {
    byte[] gzip = gzip(TEXT);
    for (int length = 1; length < gzip.length; length++) {
      assertDamaged(ContentCoding.GZIP, Arrays.copyOf(gzip, length), "it ends too early");
    }
    assertDamaged(
        ContentCoding.GZIP, joined(gzip, "0123456789".getBytes(UTF_8)), "something follows it");
    assertDamaged(ContentCoding.GZIP, TEXT, "it lacks the header");
    byte[] damaged = gzip.clone();
    damaged[gzip.length - 6]++;
    assertDamaged(ContentCoding.GZIP, damaged, "its checksum or length is wrong");

    byte[] deflate = deflate(TEXT, false);
    assertDamaged(
        ContentCoding.DEFLATE, Arrays.copyOf(deflate, deflate.length - 1), "it ends too early");
    assertDamaged(ContentCoding.DEFLATE, joined(deflate, new byte[] {0}), "something follows it");
    assertDamaged(ContentCoding.DEFLATE, TEXT, "deflate");
  }
}
