package io.tollgate.testing;

import io.tollgate.embedded.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server for tests, wherever it runs, as its superuser sees it.
 *
 * @param host where it listens
 * @param port on which port
 * @param username its superuser
 * @param password the superuser's password
 * @param server stops it
 */
public record DatabaseServer(
    String host, int port, String username, String password, AutoCloseable server) {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  static DatabaseServer of(EmbeddedDatabase server) {
    DatabaseServer database =
        new DatabaseServer(
            "127.0.0.1", server.port(), server.username(), server.password(), server);
    // Only a crash of the machine could tell the difference, and its directory is thrown away.
    database.execute("alter system set fsync = off");
    database.execute("select pg_reload_conf()");
    return database;
  }

  /** JDBC address of a database. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://%s:%d/%s".formatted(host, port, database);
  }

  /** A connection of the superuser; close it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), username, password);
  }

  void create(String database) {
    execute("create database " + checked(database));
  }

  void copy(String template, String database) {
    execute("create database %s template %s".formatted(checked(database), checked(template)));
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("database name must match " + NAME.pattern());
    }
    return name;
  }

  private void execute(String sql) {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException("the database refused: " + sql, e);
    }
  }
}
