package io.tollgate.testing;

import io.tollgate.embedded.EmbeddedDatabase;
import io.tollgate.embedded.EmbeddedSmtp;
import io.tollgate.embedded.MailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * Infrastructure that all integration tests of one JVM share; each part is started when first asked
 * for and stopped when the JVM ends. Its directory is thrown away.
 *
 * <p>The parts run in this process, or in containers where those were chosen ({@link Containers}).
 */
public final class SharedInfrastructure {

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static @Nullable Path directory;
  private static @Nullable TestBroker kafka;
  private static @Nullable DatabaseServer database;
  private static @Nullable MailServer smtp;

  private SharedInfrastructure() {}

  /** The broker. */
  public static synchronized TestBroker kafka() {
    TestBroker running = kafka;
    if (running == null) {
      running = TestBroker.start(directory().resolve("kafka"));
      kafka = running;
    }
    return running;
  }

  /** The database server. */
  public static synchronized DatabaseServer database() {
    DatabaseServer running = database;
    if (running == null) {
      Path data = directory().resolve("postgres");
      running =
          Containers.chosen()
              .map(Containers::database)
              .orElseGet(() -> DatabaseServer.of(EmbeddedDatabase.start(data)));
      database = running;
    }
    return running;
  }

  /** The SMTP server. */
  public static synchronized MailServer smtp() {
    MailServer running = smtp;
    if (running == null) {
      // Which stops what is started below.
      var unused = directory();
      running = Containers.chosen().map(Containers::mail).orElseGet(() -> EmbeddedSmtp.start(0));
      smtp = running;
    }
    return running;
  }

  /** The name of a new, empty database. */
  public static String freshDatabase() {
    String name = nextDatabase();
    database().create(name);
    return name;
  }

  /** The name of a copy of a database as it is now; nobody may be connected to that. */
  public static String copyOf(String template) {
    String name = nextDatabase();
    database().copy(template, name);
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
    close(database == null ? null : database.server());
    try {
      FileSystemUtils.deleteRecursively(directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
}
