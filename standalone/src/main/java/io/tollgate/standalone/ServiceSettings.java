package io.tollgate.standalone;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * What a service is told beside its own configuration file.
 *
 * @param directory where it keeps what is its own
 * @param ports where the services listen
 * @param settings what was chosen about the deployment
 * @param kafka address of the broker
 * @param databaseUrl JDBC address of the database, without a schema
 * @param databaseUser who it is to the database
 * @param databasePassword with which password
 * @param smtpPort port of the mail server, unless the environment names another
 */
public record ServiceSettings(
    DataDirectory directory,
    Ports ports,
    Settings settings,
    String kafka,
    String databaseUrl,
    String databaseUser,
    String databasePassword,
    int smtpPort) {

  /** Its settings as arguments, which take precedence over its own configuration file. */
  public List<String> arguments(Service service) {
    Map<String, Object> properties = new LinkedHashMap<>();
    addNetwork(properties, service);
    addClock(properties);
    switch (service) {
      case METERING -> addMetering(properties);
      case BILLING -> addDatabase(properties, service);
      case ACCOUNT -> {
        addDatabase(properties, service);
        addWebhooks(properties);
      }
      case NOTIFICATION -> {
        addDatabase(properties, service);
        addWebhooks(properties);
        // Another mail server than the local one where the environment names it.
        properties.put("spring.mail.host", "${TOLLGATE_SMTP_HOST:127.0.0.1}");
        properties.put("spring.mail.port", "${TOLLGATE_SMTP_PORT:" + smtpPort + "}");
      }
    }
    return properties.entrySet().stream()
        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
        .toList();
  }

  /** Receivers that are tried out run on the same machine. */
  private static void addWebhooks(Map<String, Object> properties) {
    properties.put(
        "tollgate.webhooks.allow-private-addresses",
        "${TOLLGATE_WEBHOOKS_ALLOW_PRIVATE_ADDRESSES:true}");
  }

  private void addNetwork(Map<String, Object> properties, Service service) {
    properties.put("server.port", ports.url(service).getPort());
    properties.put("management.server.port", ports.managementUrl(service).getPort());
    properties.put("tollgate.kafka.bootstrap-servers", kafka);
    // One broker, one process: more partitions would only be more threads and files.
    properties.put("tollgate.kafka.partitions", 4);
    properties.put("tollgate.data-dir", directory.service(service));
    properties.put("tollgate.security.public-key", directory.minter().publicKeyPem());
    properties.put("tollgate.zone", settings.zone().getId());
    // Else each service would also count in the meters of the others.
    properties.put("management.metrics.use-global-registry", false);
    properties.put("spring.jmx.enabled", false);
    properties.put("spring.lifecycle.timeout-per-shutdown-phase", "20s");
  }

  private void addClock(Map<String, Object> properties) {
    properties.put("tollgate.clock.mode", settings.testClock().isPresent() ? "test" : "system");
    settings.testClock().ifPresent(start -> properties.put("tollgate.clock.start", start));
    properties.put(
        "tollgate.clock.peers",
        ports.urls().stream().map(Object::toString).collect(Collectors.joining(",")));
  }

  private void addDatabase(Map<String, Object> properties, Service service) {
    properties.put("spring.datasource.url", databaseUrl + "?currentSchema=" + service.label());
    properties.put("spring.datasource.username", databaseUser);
    properties.put("spring.datasource.password", databasePassword);
    properties.put("spring.datasource.hikari.maximum-pool-size", 12);
  }

  private void addMetering(Map<String, Object> properties) {
    // Metering has no database; what looks for one is on the class path that it shares here.
    properties.put(
        "spring.autoconfigure.exclude",
        DataSourceAutoConfiguration.class.getName()
            + ","
            + FlywayAutoConfiguration.class.getName());
    // A day's usage can be posted before the driven clock is stepped over that day.
    if (settings.testClock().isPresent()) {
      properties.put("tollgate.metering.acceptance", "P35D");
      properties.put("tollgate.metering.future", "PT25H");
    }
  }
}
