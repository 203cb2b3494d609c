package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseIT {

  @TempDir Path directory;

  @Test
  void dataPortAndPasswordSurviveARestart() throws SQLException {
    int port;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      port = database.port();
      database.createDatabase("billing");
      database.createDatabase("billing");
      execute(database, "create table t (n int)");
      execute(database, "insert into t values (42)");
    }
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      assertThat(database.port()).isEqualTo(port);
      assertThat(single(database, "select n from t")).isEqualTo("42");
    }
  }

  @Test
  void commitsAreDurableAndNobodyEntersWithoutThePassword() throws SQLException {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      database.createDatabase("billing");
      assertThat(single(database, "SHOW fsync")).isEqualTo("on");
      assertThat(single(database, "SHOW synchronous_commit")).isEqualTo("on");
      for (String wrong : new String[] {"", "postgres"}) {
        assertThatThrownBy(
                () ->
                    DriverManager.getConnection(
                        database.jdbcUrl("billing"), database.username(), wrong))
            .isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void itsProgramsLieWhereOnlyItsUserCanWrite() throws Exception {
    try (EmbeddedDatabase database = EmbeddedDatabase.start(directory)) {
      String pid = Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst();
      Path program =
          Path.of(
              ProcessHandle.of(Long.parseLong(pid)).orElseThrow().info().command().orElseThrow());
      Path guard = DatabaseBinaries.directory(database.directory()).getParent();

      assertThat(program).startsWith(guard);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(guard)))
          .isEqualTo("rwx------");
    }
  }

  /** A killed process leaves its server behind: the next start must not live on with that one. */
  @Test
  void aServerLeftOverByAKilledProcessIsStoppedFirst() throws Exception {
    Process owner =
        JavaCommand.ofClass(InfrastructureMain.class)
            .to("--postgres", "--data-dir", directory.toString())
            .startPiped();
    try (BufferedReader lines = owner.inputReader()) {
      assertThat(lines.lines().anyMatch(line -> line.contains("\"postgres\""))).isTrue();
    }
    owner.destroyForcibly().waitFor();
    Path home = directory.resolve("postgres");
    Path pidFile = home.resolve("data").resolve("postmaster.pid");
    long leftover = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
    assertThat(ProcessHandle.of(leftover)).isPresent();
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      database.createDatabase("billing");
      assertThat(ProcessHandle.of(leftover)).isEmpty();
      assertThat(single(database, "select 'alive'")).isEqualTo("alive");
    }
  }

  @Test
  void aBackupAndTheArchivedLogRestoreAnyInstantAfterIt() throws SQLException {
    Path home = directory.resolve("home");
    DatabaseArchive archive = new DatabaseArchive(directory.resolve("archive"));
    archive.useFor(home);
    String before;
    String wanted;
    String later;
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      database.createDatabase("billing");
      execute(database, "create table t as select 1 as n");
      before = instant(database);
      assertThat(DatabaseBackups.take(home)).isDirectory();
      execute(database, "insert into t values (2)");
      wanted = instant(database);
      execute(database, "insert into t values (3)");
      later = instant(database);
      execute(database, "insert into t values (4)");
    }
    assertThatThrownBy(() -> restore(home, archive, before, Optional.empty()))
        .hasMessageContaining("no base backup");

    DatabaseBackups.Restored restored = restore(home, archive, wanted, Optional.empty());

    assertThat(restored.replaced().orElseThrow()).isDirectory();
    assertThat(restored.last().orElseThrow())
        .isBetween(Instant.parse(before), Instant.parse(wanted));
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(single(database, "select string_agg(n::text, ' ' order by n) from t"))
          .isEqualTo("1 2");
      assertThat(single(database, "select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)"))
          .as("timeline")
          .isEqualTo("00000002");
    }
    // The restore began another history, which says nothing of the first one's later instants.
    assertThatThrownBy(() -> restore(home, archive, later, Optional.empty()))
        .hasMessageContaining("timelines [1, 2]");
    assertThat(restore(home, archive, later, Optional.of(1)).last().orElseThrow())
        .isBetween(Instant.parse(wanted), Instant.parse(later));
    try (EmbeddedDatabase database = EmbeddedDatabase.start(home)) {
      assertThat(single(database, "select string_agg(n::text, ' ' order by n) from t"))
          .isEqualTo("1 2 3");
    }
  }

  private static DatabaseBackups.Restored restore(
      Path home, DatabaseArchive archive, String at, Optional<Integer> timeline) {
    return DatabaseBackups.restore(home, archive, Optional.of(Instant.parse(at)), timeline);
  }

  private static String instant(EmbeddedDatabase database) throws SQLException {
    return single(
        database,
        "select to_char(clock_timestamp() at time zone 'UTC',"
            + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
  }

  private static void execute(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect("billing");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String single(EmbeddedDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect("billing");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
