package io.tollgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;

/**
 * A service's database as the first release leaves it: the schema of the baseline with rows in it,
 * from {@code /db/rows-of-the-baseline.sql} of the service's tests. Later migrations are tested
 * forward, on what they will find.
 *
 * @param service the service's name, and its schema's
 * @param database the database's name
 */
public record FirstRelease(String service, String database) {
  private static final String ROWS = "/db/rows-of-the-baseline.sql";
  private static final String SHARED_BASELINE = "1";
  private static final String BASELINE = "2";
  private static final String NEWEST = "latest";

  /** In a new database. */
  public static FirstRelease of(String service) {
    return in(service, SharedInfrastructure.freshDatabase());
  }

  /** In a database that is empty yet. */
  public static FirstRelease in(String service, String database) {
    FirstRelease release = new FirstRelease(service, database);
    release.migrate(BASELINE);
    release.execute("set session_replication_role = replica;\n" + rows());
    return release;
  }

  private static String rows() {
    try (InputStream in =
        Objects.requireNonNull(FirstRelease.class.getResourceAsStream(ROWS), ROWS)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Runs every later migration, each of which finds a row in every table of the service's own.
   *
   * @throws AssertionError when a table has no row, or a migration has lost one
   */
  public void migrate() {
    migrate(Map.of());
  }

  /**
   * The same where a migration moves a table's rows to another.
   *
   * @param moved the tables that are no longer there, each with the one that has its rows
   */
  public void migrate(Map<String, String> moved) {
    assertThat(emptyTables())
        .as("tables without a row: a migration of them is not tested")
        .isEmpty();
    Map<String, Long> before = counts();
    moved.forEach((from, to) -> before.put(to, Objects.requireNonNull(before.remove(from), from)));
    migrate(NEWEST);
    assertThat(counts()).as("rows of each table").containsAllEntriesOf(before);
  }

  private void migrate(String target) {
    var server = SharedInfrastructure.database();
    var unused =
        Flyway.configure()
            .dataSource(server.jdbcUrl(database), server.username(), server.password())
            .locations("classpath:db/support", "classpath:db/" + service)
            .schemas(service)
            .target(target)
            .load()
            .migrate();
  }

  /** The service's own tables that have no row. */
  private Set<String> emptyTables() {
    FirstRelease shared = new FirstRelease(service, SharedInfrastructure.freshDatabase());
    shared.migrate(SHARED_BASELINE);
    Map<String, Long> own = counts();
    own.keySet().removeAll(shared.counts().keySet());
    own.values().removeIf(rows -> rows > 0);
    return own.keySet();
  }

  /** How many rows each table has. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : tables()) {
      counts.put(table, Long.valueOf(texts("select count(*) from " + table).getFirst()));
    }
    return counts;
  }

  private TreeSet<String> tables() {
    return new TreeSet<>(
        texts(
            """
            select table_name from information_schema.tables
             where table_schema = '%s' and table_type = 'BASE TABLE'
               and table_name <> 'flyway_schema_history'
            """
                .formatted(service)));
  }

  /** The first column of what a query finds. */
  public List<String> texts(String sql) {
    List<String> texts = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError("the rows do not fit the baseline of " + service, e);
    }
  }

  private Connection connect() throws SQLException {
    Connection connection = SharedInfrastructure.database().connect(database);
    connection.setSchema(service);
    return connection;
  }
}
