package io.tollgate.store;

import java.util.Arrays;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * Migrates the database of a service and ends, without starting the service: for deployments whose
 * instances start with {@code spring.flyway.enabled=false}, so that a release migrates once and
 * before any of them.
 *
 * <p>It is in the jar of each service with a database, and reads that service's configuration:
 * {@code java -cp service.jar io.tollgate.store.Migrate billing}.
 */
public final class Migrate {

  private Migrate() {}

  /** Nothing of the service but its database. */
  @ImportAutoConfiguration({DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  static class Database {}

  /**
   * Migrates; fails with the reason when it cannot.
   *
   * @param args the service, which names its configuration file, then settings as {@code
   *     --name=value}
   */
  public static void main(String[] args) {
    if (args.length == 0) {
      throw new IllegalArgumentException("name the service: billing, account or notification");
    }
    new SpringApplicationBuilder(Database.class)
        .web(WebApplicationType.NONE)
        .properties("spring.config.name=" + args[0])
        .run(Arrays.copyOfRange(args, 1, args.length))
        .close();
  }
}
