package io.tollgate.store.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instants in result sets and parameters, read in one way by all repositories. */
public final class Columns {

  private Columns() {}

  /** A column that is never null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  /** A column that may be null. */
  public static Optional<Instant> optionalInstant(ResultSet row, String column)
      throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /** A parameter that may be null. */
  public static @Nullable Timestamp orNull(Optional<Instant> instant) {
    return instant.map(Timestamp::from).orElse(null);
  }
}
