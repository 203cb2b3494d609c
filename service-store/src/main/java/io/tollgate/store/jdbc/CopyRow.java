package io.tollgate.store.jdbc;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of a COPY in text format; values are added in the order of the columns. */
public final class CopyRow {

  private static final int KNOWN_INSTANTS = 256;
  private static final HexFormat HEX = HexFormat.of();

  private final StringBuilder out;
  private final Map<Instant, String> instants = new HashMap<>();
  private boolean first = true;

  CopyRow(StringBuilder out) {
    this.out = out;
  }

  void end() {
    out.append('\n');
    first = true;
  }

  /** A text column. */
  public CopyRow text(@Nullable String value) {
    separate();
    if (value == null) {
      out.append("\\N");
      return this;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        default -> out.append(c);
      }
    }
    return this;
  }

  /** A numeric column. */
  public CopyRow decimal(@Nullable BigDecimal value) {
    separate();
    out.append(value == null ? "\\N" : value.toPlainString());
    return this;
  }

  /** A bigint, integer or smallint column. */
  public CopyRow number(long value) {
    separate();
    out.append(value);
    return this;
  }

  /** A nullable bigint, integer or smallint column. */
  public CopyRow numberOrNull(@Nullable Number value) {
    separate();
    out.append(value == null ? "\\N" : String.valueOf(value.longValue()));
    return this;
  }

  /** A timestamptz column; rows that are written together have few different ones. */
  public CopyRow instant(@Nullable Instant value) {
    separate();
    if (value == null) {
      out.append("\\N");
      return this;
    }
    if (instants.size() == KNOWN_INSTANTS) {
      instants.clear();
    }
    out.append(instants.computeIfAbsent(value, Instant::toString));
    return this;
  }

  /** A boolean column. */
  public CopyRow flag(boolean value) {
    separate();
    out.append(value ? 't' : 'f');
    return this;
  }

  /** A bytea column. */
  public CopyRow bytes(byte @Nullable [] value) {
    separate();
    if (value == null) {
      out.append("\\N");
    } else {
      out.append("\\\\x").append(HEX.formatHex(value));
    }
    return this;
  }

  private void separate() {
    if (!first) {
      out.append('\t');
    }
    first = false;
  }
}
