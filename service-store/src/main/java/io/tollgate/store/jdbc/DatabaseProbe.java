package io.tollgate.store.jdbc;

import io.tollgate.support.observability.Reachability;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * Asks the database by a connection of its own: one of the pool would also be missing when the pool
 * is merely used up.
 */
final class DatabaseProbe implements Reachability.Probe, AutoCloseable {

  private static final int SECONDS = Math.toIntExact(Reachability.PERIOD.toSeconds());

  private final JdbcConnectionDetails details;
  private Optional<Connection> connection = Optional.empty();

  DatabaseProbe(JdbcConnectionDetails details) {
    this.details = details;
  }

  @Override
  public synchronized void ask() throws SQLException {
    if (connection.isEmpty()) {
      connection = Optional.of(connect());
    }
    if (!connection.orElseThrow().isValid(SECONDS)) {
      close();
      throw new SQLException("no answer within " + SECONDS + " s");
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", details.getUsername() == null ? "" : details.getUsername());
    properties.setProperty("password", details.getPassword() == null ? "" : details.getPassword());
    properties.setProperty("connectTimeout", Integer.toString(SECONDS));
    properties.setProperty("loginTimeout", Integer.toString(SECONDS));
    properties.setProperty("socketTimeout", Integer.toString(SECONDS));
    properties.setProperty("ApplicationName", "probe");
    return DriverManager.getConnection(details.getJdbcUrl(), properties);
  }

  @Override
  public synchronized void close() throws SQLException {
    Optional<Connection> closing = connection;
    connection = Optional.empty();
    if (closing.isPresent()) {
      closing.get().close();
    }
  }
}
