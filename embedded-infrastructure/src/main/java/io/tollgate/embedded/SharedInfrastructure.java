package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Infrastructure that all integration tests of one JVM share; each part is started when first asked
 * for and stopped when the JVM ends. Its directory is thrown away.
 */
public final class SharedInfrastructure {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static @Nullable Path directory;
  private static @Nullable EmbeddedKafka kafka;
  private static @Nullable EmbeddedDatabase database;
  private static @Nullable EmbeddedSmtp smtp;

  private SharedInfrastructure() {}

  /** The broker. */
  public static synchronized EmbeddedKafka kafka() {
    EmbeddedKafka running = kafka;
    if (running == null) {
      running = EmbeddedKafka.start(directory().resolve("kafka"));
      kafka = running;
    }
    return running;
  }

  /** The database server. */
  public static synchronized EmbeddedDatabase database() {
    EmbeddedDatabase running = database;
    if (running == null) {
      running = EmbeddedDatabase.start(directory().resolve("postgres"));
      doNotWaitForTheDisk(running);
      database = running;
    }
    return running;
  }

  /** Only a crash of the machine could tell the difference, and the directory with it. */
  private static void doNotWaitForTheDisk(EmbeddedDatabase server) {
    try (Connection connection = server.connect(EmbeddedDatabase.SUPERUSER);
        Statement statement = connection.createStatement()) {
      statement.execute("alter system set fsync = off");
      statement.execute("select pg_reload_conf()");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot configure the database", e);
    }
  }

  /** The SMTP server. */
  public static synchronized EmbeddedSmtp smtp() {
    EmbeddedSmtp running = smtp;
    if (running == null) {
      running = EmbeddedSmtp.start(0);
      smtp = running;
    }
    return running;
  }

  /** The name of a new, empty database. */
  public static String freshDatabase() {
    String name = nextDatabase();
    database().createDatabase(name);
    return name;
  }

  /** The name of a copy of a database as it is now; nobody may be connected to that. */
  public static String copyOf(String template) {
    String name = nextDatabase();
    database().copyDatabase(template, name);
    return name;
  }

  private static String nextDatabase() {
    return "test_" + DATABASES.incrementAndGet();
  }

  private static synchronized Path directory() {
    Path known = directory;
    if (known == null) {
      try {
        known = Files.createTempDirectory("tollgate-test");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      directory = known;
      Runtime.getRuntime()
          .addShutdownHook(new Thread(SharedInfrastructure::stop, "stop-infrastructure"));
    }
    return known;
  }

  private static synchronized void stop() {
    close(smtp);
    close(kafka);
    close(database);
    delete(directory());
  }

  private static void close(@Nullable AutoCloseable part) {
    if (part != null) {
      try {
        part.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot stop " + part, e);
      }
    }
  }

  private static void delete(Path root) {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
