package io.tollgate.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Set;

/**
 * A base backup of a running server by PostgreSQL's low-level interface: its files are copied while
 * they change, and the log of that time, which the server archives, makes them whole.
 */
final class BaseBackup {

  /** What the server makes anew, or must not take over. */
  private static final Set<String> EMPTY =
      Set.of(
          "pg_wal",
          "pg_replslot",
          "pg_dynshmem",
          "pg_notify",
          "pg_serial",
          "pg_snapshots",
          "pg_stat_tmp",
          "pg_subtrans");

  private static final Set<String> LEFT_OUT =
      Set.of("postmaster.pid", "postmaster.opts", "epg-lock", "backup_label", "tablespace_map");

  private BaseBackup() {}

  /** Copies the server's data into the archive; returns when everything it needs is archived. */
  static Path take(Connection connection, Path data, DatabaseArchive archive)
      throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      String started = text(statement, "select pg_backup_start('tollgate', true)::text");
      Path draft = archive.bases().resolve(started.replace('/', '-') + ".part");
      DirectoryTree.delete(draft);
      Files.walkFileTree(data, new Copier(data, draft));
      String label = text(statement, "select labelfile from pg_backup_stop(true)");
      Files.writeString(draft.resolve("backup_label"), label);
      Instant end =
          Instant.parse(
              text(
                  statement,
                  "select to_char(clock_timestamp() at time zone 'UTC',"
                      + " 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
      Path base = archive.bases().resolve(DatabaseArchive.nameOf(end));
      return Files.move(draft, base, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }

  private static final class Copier extends SimpleFileVisitor<Path> {
    private final Path from;
    private final Path to;

    Copier(Path from, Path to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
        throws IOException {
      Files.copy(
          directory, to.resolve(from.relativize(directory)), StandardCopyOption.COPY_ATTRIBUTES);
      boolean empty =
          from.equals(directory.getParent()) && EMPTY.contains(directory.getFileName().toString());
      return empty ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String name = file.getFileName().toString();
      if (!LEFT_OUT.contains(name) && !name.startsWith("pgsql_tmp")) {
        try {
          Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
        } catch (NoSuchFileException e) {
          // Removed while the server works; the log knows of it.
          return FileVisitResult.CONTINUE;
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (e instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw e;
    }
  }
}
