package io.tollgate.testing;

import io.tollgate.embedded.MailServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The servers of integration tests in containers, from the images that {@code docker-compose.yml}
 * pins.
 *
 * <p>Chosen by the Maven profile {@code containers}, never by looking for a container engine: where
 * one answers but has no images, each test would wait for minutes.
 */
final class Containers {

  /** Names the compose file; set by the profile. */
  private static final String PROPERTY = "tollgate.test.containers";

  private static final String SUPERUSER = "postgres";
  private static final String PASSWORD = "database-password-of-tests";
  private static final Duration START_LIMIT = Duration.ofMinutes(4);
  private static final int SMTP = 1025;
  private static final int HTTP = 8025;

  /** As of the broker that runs in the process of the tests. */
  private static final Map<String, String> BROKER =
      Map.of(
          "KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false",
          "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4",
          "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4",
          "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR", "1",
          "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR", "1",
          "KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "2000",
          "KAFKA_MESSAGE_MAX_BYTES", Integer.toString(4 * 1024 * 1024),
          "KAFKA_LOG_RETENTION_MS", "-1",
          "KAFKA_HEAP_OPTS", "-Xmx512m");

  private final String compose;

  private Containers(String compose) {
    this.compose = compose;
  }

  /** Present where tests are to use containers. */
  static Optional<Containers> chosen() {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Containers::pinnedIn);
  }

  private static Containers pinnedIn(String file) {
    try {
      return new Containers(Files.readString(Path.of(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private DockerImageName image(String name) {
    Matcher pinned = Pattern.compile("image: (" + name + ":\\S+)").matcher(compose);
    if (!pinned.find()) {
      throw new IllegalStateException("docker-compose.yml pins no image " + name);
    }
    return DockerImageName.parse(pinned.group(1));
  }

  /** Starts a broker. */
  TestBroker kafka() {
    KafkaContainer kafka =
        new KafkaContainer(image("apache/kafka")).withEnv(BROKER).withStartupTimeout(START_LIMIT);
    kafka.start();
    return new TestBroker(kafka.getBootstrapServers(), kafka);
  }

  /** Starts a database server, which need not outlive a crash of the machine. */
  DatabaseServer database() {
    PostgreSQLContainer postgres =
        new PostgreSQLContainer(image("postgres"))
            .withDatabaseName(SUPERUSER)
            .withUsername(SUPERUSER)
            .withPassword(PASSWORD)
            .withEnv("POSTGRES_INITDB_ARGS", "--locale=C --encoding=UTF8")
            .withStartupTimeout(START_LIMIT)
            .withSharedMemorySize(256L * 1024 * 1024);
    postgres.setCommand(
        "postgres",
        "-c",
        "fsync=off",
        "-c",
        "max_connections=200",
        "-c",
        "shared_buffers=512MB",
        "-c",
        "max_wal_size=8GB",
        "-c",
        "timezone=UTC");
    postgres.start();
    return new DatabaseServer(
        postgres.getHost(),
        postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        SUPERUSER,
        PASSWORD,
        postgres);
  }

  /** Starts a mail server. */
  MailServer mail() {
    GenericContainer<?> mailpit =
        new GenericContainer<>(image("axllent/mailpit"))
            .withExposedPorts(SMTP, HTTP)
            .waitingFor(Wait.forHttp("/readyz").forPort(HTTP).withStartupTimeout(START_LIMIT));
    mailpit.start();
    return new Mailpit(
        mailpit.getHost(), mailpit.getMappedPort(SMTP), mailpit.getMappedPort(HTTP), mailpit);
  }
}
