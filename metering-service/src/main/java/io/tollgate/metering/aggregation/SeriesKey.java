package io.tollgate.metering.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.model.AccountId;
import io.tollgate.model.Granularity;
import io.tollgate.model.InstanceId;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The key of a total. In bytes it starts with the account, so that the series of an account are
 * stored together.
 *
 * @param account who pays
 * @param instance what was used
 * @param product what the instance is
 * @param meter what was measured
 * @param dimensions dimension values, in name order
 * @param granularity hour or day
 * @param windowStart first instant of the window
 */
public record SeriesKey(
    AccountId account,
    InstanceId instance,
    ProductId product,
    MeterKey meter,
    SortedMap<String, String> dimensions,
    Granularity granularity,
    Instant windowStart) {

  private static final int MAX_BYTES = 64 * 1024;

  public SeriesKey {
    dimensions = Collections.unmodifiableSortedMap(new TreeMap<>(dimensions));
  }

  /** Bytes of a series without its window; {@link #withWindow} completes them. */
  public static byte[] prefix(
      String account,
      String instance,
      String product,
      String meter,
      SortedMap<String, String> dimensions) {
    byte[][] parts = new byte[4 + 2 * dimensions.size()][];
    parts[0] = account.getBytes(UTF_8);
    parts[1] = instance.getBytes(UTF_8);
    parts[2] = product.getBytes(UTF_8);
    parts[3] = meter.getBytes(UTF_8);
    int i = 4;
    for (var dimension : dimensions.entrySet()) {
      parts[i++] = dimension.getKey().getBytes(UTF_8);
      parts[i++] = dimension.getValue().getBytes(UTF_8);
    }
    int length = 1;
    for (byte[] part : parts) {
      length += 2 + part.length;
    }
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException("a series' name is too long");
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    for (int part = 0; part < 4; part++) {
      put(buffer, parts[part]);
    }
    buffer.put((byte) dimensions.size());
    for (int part = 4; part < parts.length; part++) {
      put(buffer, parts[part]);
    }
    return buffer.array();
  }

  /** Bytes of a series in a window. */
  public static byte[] withWindow(byte[] prefix, Granularity granularity, Instant windowStart) {
    return ByteBuffer.allocate(prefix.length + 9)
        .put(prefix)
        .put(code(granularity))
        .putLong(windowStart.getEpochSecond())
        .array();
  }

  /** What the bytes of all series of an account begin with. */
  public static byte[] accountPrefix(AccountId account) {
    byte[] bytes = account.value().getBytes(UTF_8);
    return ByteBuffer.allocate(2 + bytes.length).putShort((short) bytes.length).put(bytes).array();
  }

  /** The key as bytes. */
  public byte[] bytes() {
    return withWindow(
        prefix(account.value(), instance.value(), product.value(), meter.value(), dimensions),
        granularity,
        windowStart);
  }

  /** The key of bytes. */
  public static SeriesKey of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    AccountId account = AccountId.of(text(buffer));
    InstanceId instance = InstanceId.of(text(buffer));
    ProductId product = ProductId.of(text(buffer));
    MeterKey meter = MeterKey.of(text(buffer));
    int count = buffer.get() & 0xff;
    SortedMap<String, String> dimensions = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String name = text(buffer);
      dimensions.put(name, text(buffer));
    }
    Granularity granularity = granularity(buffer.get());
    return new SeriesKey(
        account,
        instance,
        product,
        meter,
        dimensions,
        granularity,
        Instant.ofEpochSecond(buffer.getLong()));
  }

  /** The stored code of a granularity. */
  public static byte code(Granularity granularity) {
    return switch (granularity) {
      case HOUR -> 0;
      case DAY -> 1;
    };
  }

  private static Granularity granularity(byte code) {
    return code == 0 ? Granularity.HOUR : Granularity.DAY;
  }

  private static void put(ByteBuffer buffer, byte[] part) {
    buffer.putShort((short) part.length).put(part);
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.getShort() & 0xffff];
    buffer.get(bytes);
    return new String(bytes, UTF_8);
  }
}
