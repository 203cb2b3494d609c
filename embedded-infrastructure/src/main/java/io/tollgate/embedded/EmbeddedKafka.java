package io.tollgate.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker and controller (KRaft, one node) in this process.
 *
 * <p>Durable: records, transactions, offsets and the port survive a restart on the same directory,
 * also after a kill. One node means one copy: a lost disk loses data.
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final String CONTROLLER = "CONTROLLER";
  private static final long NOTHING_EXPIRES = -1;

  private final Path directory;
  private final int brokerPort;
  private final int controllerPort;
  private final Optional<SecureListener> secure;
  private final KafkaRaftServer server;
  private final boolean isNew;

  private EmbeddedKafka(
      Path directory, int brokerPort, int controllerPort, Optional<SecureListener> secure) {
    this.directory = directory;
    this.brokerPort = brokerPort;
    this.controllerPort = controllerPort;
    this.secure = secure;
    this.isNew = format();
    this.server = new KafkaRaftServer(new KafkaConfig(properties(), false), Time.SYSTEM);
  }

  /** Starts the broker of a data directory on the port it had before, or a free one. */
  public static EmbeddedKafka start(Path directory) {
    return start(directory, 0);
  }

  /**
   * Starts the broker of a data directory.
   *
   * @param directory created and formatted when new
   * @param port the port to listen on; 0 for the one it had before, or a free one
   */
  public static EmbeddedKafka start(Path directory, int port) {
    return start(directory, port, Optional.empty());
  }

  private static EmbeddedKafka start(Path directory, int port, Optional<SecureListener> secure) {
    PortFile ports = PortFile.of(directory);
    EmbeddedKafka kafka =
        new EmbeddedKafka(
            directory, ports.port("broker", port), ports.port("controller", 0), secure);
    kafka.server.startup();
    if (kafka.isNew) {
      CoordinatorTopics.createOn(kafka.bootstrapServers());
    }
    return kafka;
  }

  /**
   * A listener beside the open one: encrypted, and only for who knows the password (SASL PLAIN).
   *
   * @param port where it listens
   * @param keyStore its key and certificate, PKCS 12
   * @param keyStorePassword opens the key store
   * @param user who may connect
   * @param password with what
   */
  public record SecureListener(
      int port, Path keyStore, String keyStorePassword, String user, String password) {

    /** Where clients of it connect first. */
    public String bootstrapServers() {
      return "127.0.0.1:" + port;
    }

    private Map<String, String> properties() {
      String prefix = "listener.name.sasl_ssl.";
      return Map.of(
          "sasl.enabled.mechanisms",
          "PLAIN",
          prefix + "plain.sasl.jaas.config",
          "org.apache.kafka.common.security.plain.PlainLoginModule required user_%s=\"%s\";"
              .formatted(user, password),
          prefix + "ssl.keystore.type",
          "PKCS12",
          prefix + "ssl.keystore.location",
          keyStore.toString(),
          prefix + "ssl.keystore.password",
          keyStorePassword);
    }
  }

  /** Starts the broker of a data directory with a secure listener too. */
  public static EmbeddedKafka start(Path directory, SecureListener secure) {
    return start(directory, 0, Optional.of(secure));
  }

  /** Where clients connect first. */
  public String bootstrapServers() {
    return "127.0.0.1:" + brokerPort;
  }

  /** Stops the broker cleanly. */
  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  /** Whether there was something to format. */
  private boolean format() {
    try {
      Path logs = logs();
      if (Files.exists(logs.resolve("meta.properties"))) {
        return false;
      }
      Files.createDirectories(logs);
      new Formatter()
          .setClusterId(Uuid.randomUuid().toString())
          .setNodeId(1)
          .setControllerListenerName(CONTROLLER)
          .setDirectories(List.of(logs.toString()))
          .setMetadataLogDirectory(logs.toString())
          .setReleaseVersion(MetadataVersion.latestProduction())
          .setPrintStream(
              new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
          .run();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("cannot format " + directory + " for Kafka", e);
    }
  }

  private Path logs() {
    return directory.resolve("logs").toAbsolutePath();
  }

  private Properties properties() {
    Properties p = new Properties();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.put("controller.listener.names", CONTROLLER);
    secure.ifPresent(listener -> p.putAll(listener.properties()));
    String clients =
        "PLAINTEXT://127.0.0.1:"
            + brokerPort
            + secure.map(listener -> ",SASL_SSL://" + listener.bootstrapServers()).orElse("");
    p.put("listeners", clients + ",%s://127.0.0.1:%d".formatted(CONTROLLER, controllerPort));
    p.put("advertised.listeners", clients);
    p.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT,SASL_SSL:SASL_SSL,CONTROLLER:PLAINTEXT");
    p.put("log.dirs", logs().toString());
    p.put("auto.create.topics.enable", "false");
    p.put("log.message.timestamp.type", "LogAppendTime");
    p.put("log.retention.ms", Long.toString(NOTHING_EXPIRES));
    p.put("offsets.retention.minutes", "525600");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", Integer.toString(CoordinatorTopics.PARTITIONS));
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", Integer.toString(CoordinatorTopics.PARTITIONS));
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    // What a dead instance left open holds up who reads after it, until the broker looks.
    p.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "2000");
    p.put("transaction.max.timeout.ms", Long.toString(TimeUnit.MINUTES.toMillis(15)));
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("num.network.threads", "2");
    p.put("num.io.threads", "4");
    p.put("num.replica.fetchers", "1");
    p.put("log.cleaner.threads", "1");
    p.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 * 1024 * 1024));
    p.put("log.segment.bytes", Integer.toString(256 * 1024 * 1024));
    p.put("message.max.bytes", Integer.toString(4 * 1024 * 1024));
    return p;
  }
}
