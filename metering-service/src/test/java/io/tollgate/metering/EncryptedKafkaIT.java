package io.tollgate.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.metering.testing.Ingest;
import io.tollgate.metering.testing.SharedIngest;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.messaging.KafkaClients;
import io.tollgate.support.messaging.KafkaSettings;
import io.tollgate.testing.Certificate;
import io.tollgate.testing.SecureKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A broker whose connections are encrypted and have a password. */
@ExtendWith(SharedIngest.class)
class EncryptedKafkaIT {

  private final Ingest ingest;

  EncryptedKafkaIT(Ingest ingest) {
    this.ingest = ingest;
  }

  /** Consumers, producers and administration of the aggregation got through as the others did. */
  @Test
  void theAggregationRunsOnEncryptedConnections() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(ingest.metering().readiness()).isEqualTo(200));
  }

  @Test
  void theBrokerIsNotReachedByAWrongAuthorityAWrongPasswordOrOpenly(@TempDir Path directory) {
    Certificate other = Certificate.make(directory, "other");
    String password = ingest.secure().password();
    assertThat(failure(SecureKafka.security(ingest.certificate().certificate(), password)))
        .isEmpty();
    assertThat(failure(SecureKafka.security(other.certificate(), password)))
        .isEqualTo("SslAuthenticationException");
    assertThat(failure(SecureKafka.security(ingest.certificate().certificate(), "guessed")))
        .isEqualTo("SaslAuthenticationException");
    assertThat(failure(Map.of(), Duration.ofSeconds(1))).isEqualTo("TimeoutException");
  }

  private String failure(Map<String, String> security) {
    return failure(security, Duration.ofSeconds(4));
  }

  /** Why a client with these properties does not get through in time; empty when it does. */
  private String failure(Map<String, String> security, Duration limit) {
    KafkaSettings settings =
        new KafkaSettings(
            ingest.secure().bootstrapServers(),
            1,
            (short) 1,
            Duration.ZERO,
            Duration.ZERO,
            security);
    Map<String, Object> config =
        new KafkaClients(settings, ingest.metering().get(ServiceIdentity.class))
            .adminConfig("guess");
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(limit.toMillis() / 2));
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(limit.toMillis()));
    try (Admin admin = Admin.create(config)) {
      return admin.describeCluster().nodes().get().isEmpty() ? "no nodes" : "";
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause()).replaceAll(".*\\.([A-Za-z]+Exception).*", "$1");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
