package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Base backups of an {@link EmbeddedDatabase}, and its restore to an instant. */
public final class DatabaseBackups {

  private static final long PROMOTION_POLL_NANOS = Duration.ofMillis(50).toNanos();

  private DatabaseBackups() {}

  /**
   * Takes a base backup of the server that runs on a directory, in whatever process.
   *
   * @return where it is; named by the instant of its end, the earliest it can restore
   * @throws IllegalStateException when the server does not archive its log
   */
  public static Path take(Path directory) {
    DatabaseArchive archive =
        DatabaseArchive.of(directory)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the database has no archive: start it once with 'tollgate up --archive"
                            + " DIR'"));
    String password =
        passwordOf(directory)
            .orElseThrow(() -> new IllegalStateException("there is no database in " + directory));
    int port = PortFile.of(directory).port("postgres", 0);
    try (Connection connection =
        DriverManager.getConnection(
            EmbeddedDatabase.url(port, EmbeddedDatabase.SUPERUSER),
            EmbeddedDatabase.SUPERUSER,
            password)) {
      return BaseBackup.take(connection, directory.resolve("data"), archive);
    } catch (IOException e) {
      throw new UncheckedIOException("the base backup failed", e);
    } catch (SQLException e) {
      throw new IllegalStateException("the base backup failed", e);
    }
  }

  private static Optional<String> passwordOf(Path directory) {
    try {
      return EmbeddedDatabase.readPassword(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a restore did.
   *
   * @param replaced where the data that was there is kept; empty when there was none
   * @param last when the last transaction that was replayed was committed; empty when there was
   *     none since the base backup
   */
  public record Restored(Optional<Path> replaced, Optional<Instant> last) {}

  /**
   * Restores a server's directory and stops the server again, which has begun a new timeline.
   *
   * @param at the last instant whose commits are kept; everything that is archived when empty
   * @param timeline the timeline to follow
   * @throws IllegalStateException when no timeline is named and there are several since the base
   *     backup; nothing was changed
   */
  public static Restored restore(
      Path directory, DatabaseArchive archive, Optional<Instant> at, Optional<Integer> timeline) {
    try {
      Postmaster.stop(directory);
      Optional<Path> replaced = PointInTime.prepare(directory, archive, at, timeline);
      try (EmbeddedDatabase recovered = EmbeddedDatabase.start(directory);
          Connection connection = recovered.connect(EmbeddedDatabase.SUPERUSER);
          Statement statement = connection.createStatement()) {
        awaitPromotion(statement);
        return new Restored(replaced, lastReplayed(statement));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the restore failed", e);
    } catch (SQLException e) {
      throw new IllegalStateException("the restore failed", e);
    }
  }

  /** Until then it only reads; after it the settings of the recovery are over. */
  private static void awaitPromotion(Statement statement) throws SQLException {
    while (isRecovering(statement)) {
      LockSupport.parkNanos(PROMOTION_POLL_NANOS);
    }
    for (String setting :
        List.of(
            "restore_command",
            "recovery_target_time",
            "recovery_target_timeline",
            "recovery_target_action")) {
      statement.execute("alter system reset " + setting);
    }
  }

  /** The server knows it until it stops. */
  private static Optional<Instant> lastReplayed(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select pg_last_xact_replay_timestamp()")) {
      row.next();
      return Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant);
    }
  }

  private static boolean isRecovering(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select pg_is_in_recovery()")) {
      return row.next() && row.getBoolean(1);
    }
  }
}
