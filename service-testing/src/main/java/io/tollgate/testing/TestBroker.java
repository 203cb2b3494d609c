package io.tollgate.testing;

import io.tollgate.embedded.EmbeddedKafka;
import java.nio.file.Path;

/**
 * A Kafka broker for tests, wherever it runs.
 *
 * @param bootstrapServers where clients connect first
 * @param server stops it
 */
public record TestBroker(String bootstrapServers, AutoCloseable server) implements AutoCloseable {

  /**
   * Starts a broker: in a container where those were chosen, otherwise in this process.
   *
   * @param directory where one in this process keeps its records
   */
  public static TestBroker start(Path directory) {
    return Containers.chosen()
        .map(Containers::kafka)
        .orElseGet(() -> of(EmbeddedKafka.start(directory)));
  }

  /** A broker in this process that was started with settings of its own. */
  public static TestBroker of(EmbeddedKafka kafka) {
    return new TestBroker(kafka.bootstrapServers(), kafka);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot stop the broker", e);
    }
  }
}
