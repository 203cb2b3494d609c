package io.tollgate.support.messaging;

import io.tollgate.support.observability.Reachability;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** Asks the broker for the cluster's id, by a client that lasts as long as the broker answers. */
final class BrokerProbe implements Reachability.Probe, AutoCloseable {

  private final KafkaClients clients;
  private Optional<Admin> admin = Optional.empty();

  BrokerProbe(KafkaClients clients) {
    this.clients = clients;
  }

  @Override
  public synchronized void ask() throws Exception {
    if (admin.isEmpty()) {
      admin = Optional.of(Admin.create(config()));
    }
    String unused =
        admin
            .orElseThrow()
            .describeCluster()
            .clusterId()
            .get(Reachability.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Map<String, Object> config() {
    Map<String, Object> config = new HashMap<>(clients.adminConfig("probe"));
    int limit = Math.toIntExact(Reachability.PERIOD.toMillis());
    config.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, limit);
    config.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, limit);
    return config;
  }

  @Override
  public synchronized void close() {
    admin.ifPresent(client -> client.close(Reachability.PERIOD));
    admin = Optional.empty();
  }
}
