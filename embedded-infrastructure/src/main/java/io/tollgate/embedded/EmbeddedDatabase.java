package io.tollgate.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL server of this process, from binaries on the class path.
 *
 * <p>Durable: fsync and synchronous commits are on, and data, port and password survive restarts on
 * the same directory. Only clients with the password get in. A server left over from a killed
 * process is stopped first: it would run on with whatever flags it had. It archives its log when
 * its directory was told where to ({@link DatabaseArchive}).
 */
public final class EmbeddedDatabase implements AutoCloseable {

  static final String SUPERUSER = "postgres";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  /** The log of a database in which little happens is archived all the same. */
  private static final String ARCHIVE_TIMEOUT = "60s";

  private final Path directory;
  private final int port;
  private final String password;
  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(Path directory, int port, String password, EmbeddedPostgres postgres) {
    this.directory = directory;
    this.port = port;
    this.password = password;
    this.postgres = postgres;
  }

  /** Starts the server of a data directory on the port it had before, or a free one. */
  public static EmbeddedDatabase start(Path directory) {
    return start(directory, 0);
  }

  /**
   * Starts the server of a data directory.
   *
   * @param directory created and initialised when new
   * @param port the port to listen on; 0 for the one it had before, or a free one
   */
  public static EmbeddedDatabase start(Path directory, int port) {
    try {
      Files.createDirectories(directory);
      Path data = directory.resolve("data").toAbsolutePath();
      Path programs = DatabaseBinaries.directory(directory);
      // Of a killed parent: it would be lived on with, and with its settings.
      Postmaster.stop(directory);
      int kept = PortFile.of(directory).port("postgres", port);
      Optional<String> known = readPassword(directory);
      Optional<DatabaseArchive> archive = DatabaseArchive.of(directory);
      EmbeddedPostgres postgres = launch(data, programs, kept, known, archive);
      String password = known.isPresent() ? known.get() : protect(directory, data, kept);
      EmbeddedDatabase database = new EmbeddedDatabase(directory, kept, password, postgres);
      if (archive.isPresent()) {
        database.archiveTo(archive.get());
      }
      return database;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot start PostgreSQL in "
              + directory
              + " (as root it needs user namespaces: check that 'unshare -U true' works)",
          e);
    }
  }

  private static EmbeddedPostgres launch(
      Path data,
      Path programs,
      int port,
      Optional<String> password,
      Optional<DatabaseArchive> archive)
      throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setOverrideWorkingDirectory(programs.toFile())
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setRegisterShutdownHook(false)
            .setPort(port)
            .setPGStartupWait(START_LIMIT)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "200")
            .setServerConfig("shared_buffers", "512MB")
            .setServerConfig("max_wal_size", "8GB")
            .setServerConfig("timezone", "UTC")
            .setServerConfig("archive_mode", archive.isPresent() ? "on" : "off")
            .setLocaleConfig("locale", "C")
            .setLocaleConfig("encoding", "UTF-8");
    if (archive.isPresent()) {
      builder.setServerConfig("archive_timeout", ARCHIVE_TIMEOUT);
    }
    password.ifPresent(value -> builder.setConnectConfig("password", value));
    return builder.start();
  }

  /** A command for a shell, which would not survive the shell that starts the server. */
  private void archiveTo(DatabaseArchive archive) throws IOException {
    try (Connection connection = connect(SUPERUSER);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "alter system set archive_command = "
              + statement.enquoteLiteral(archive.archiveCommand()));
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      close();
      throw new IOException("cannot archive to " + archive.directory(), e);
    }
  }

  /** Gives a new server a password and lets nobody in without it. */
  private static String protect(Path directory, Path data, int port) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path file = directory.resolve("password");
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, password);
    try (Connection connection = DriverManager.getConnection(url(port, SUPERUSER), SUPERUSER, "");
        Statement statement = connection.createStatement()) {
      statement.execute("alter role postgres password '" + password + "'");
      Files.writeString(
          data.resolve("pg_hba.conf"),
          """
          local all all scram-sha-256
          host all all 127.0.0.1/32 scram-sha-256
          host all all ::1/128 scram-sha-256
          """);
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IOException("cannot protect the new database", e);
    }
    return password;
  }

  static Optional<String> readPassword(Path directory) throws IOException {
    Path file = directory.resolve("password");
    return Files.exists(file)
        ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip())
        : Optional.empty();
  }

  /** Creates a database unless it exists. */
  public void createDatabase(String name) {
    checkName(name);
    try (Connection connection = connect(SUPERUSER);
        PreparedStatement exists =
            connection.prepareStatement("select 1 from pg_database where datname = ?");
        Statement create = connection.createStatement()) {
      exists.setString(1, name);
      if (!exists.executeQuery().next()) {
        create.execute("create database " + name);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot create database " + name, e);
    }
  }

  private static void checkName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("database name must match " + NAME.pattern());
    }
  }

  /** A connection of the superuser, for tests and set-up; close it. */
  public Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(jdbcUrl(database), SUPERUSER, password);
  }

  /** JDBC address of a database. */
  public String jdbcUrl(String database) {
    return url(port, database);
  }

  public String username() {
    return SUPERUSER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** Where it keeps its data. */
  public Path directory() {
    return directory;
  }

  /** Stops the server: sessions are ended, data is written. */
  @Override
  public void close() {
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }
}
