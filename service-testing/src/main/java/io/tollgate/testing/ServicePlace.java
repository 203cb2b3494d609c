package io.tollgate.testing;

import io.tollgate.support.web.security.TokenMinter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a service finds what it needs: whoever starts it there again, starts it on what it kept.
 *
 * @param service its name: of its configuration file and database schema
 * @param directory where it keeps its files, and the tests their signing key
 * @param database the name of its database
 * @param broker the broker's address
 * @param clock where the test clock begins
 * @param settings further settings, each {@code name=value}
 */
public record ServicePlace(
    String service,
    Path directory,
    String database,
    String broker,
    Instant clock,
    List<String> settings) {

  /** Keeps its own copy. */
  public ServicePlace {
    settings = List.copyOf(settings);
  }

  /** An empty database and the shared broker. */
  public static ServicePlace fresh(
      String service, Path directory, Instant clock, String... settings) {
    return new ServicePlace(
        service,
        directory,
        SharedInfrastructure.freshDatabase(),
        SharedInfrastructure.kafka().bootstrapServers(),
        clock,
        List.of(settings));
  }

  /** Signs what the service there believes. */
  TokenMinter minter() {
    return TokenMinter.of(directory.resolve("keys"), InstantSource.system());
  }

  /** The arguments of the process; the broker in it is not what is tested and stays quiet. */
  public List<String> arguments() {
    var server = SharedInfrastructure.database();
    List<String> all =
        new ArrayList<>(
            List.of(
                "spring.datasource.url=" + server.jdbcUrl(database) + "?currentSchema=" + service,
                "spring.datasource.username=" + server.username(),
                "spring.datasource.password=" + server.password(),
                "server.port=0",
                "management.server.port=0",
                "tollgate.kafka.bootstrap-servers=" + broker,
                "tollgate.data-dir=" + directory.resolve("data"),
                "tollgate.clock.mode=test",
                "tollgate.clock.start=" + clock,
                "logging.level.kafka=warn",
                "logging.level.org.apache.kafka=warn",
                "logging.level.state.change.logger=warn",
                "tollgate.security.public-key=" + minter().publicKeyPem()));
    all.addAll(settings);
    return all.stream().map(setting -> "--" + setting).toList();
  }
}
