package io.tollgate.billing.testing;

import io.tollgate.testing.SharedInfrastructure;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Billing's schema without the service, for what only needs tables. */
public final class BillingSchema {
  private static final String SCHEMA = "billing";

  private BillingSchema() {}

  /** Connections to a new database in which every migration has run. */
  public static DataSource ofFreshDatabase() {
    var server = SharedInfrastructure.database();
    String url = server.jdbcUrl(SharedInfrastructure.freshDatabase());
    var unused =
        Flyway.configure()
            .dataSource(url, server.username(), server.password())
            .locations("classpath:db/support", "classpath:db/billing")
            .schemas(SCHEMA)
            .load()
            .migrate();
    DriverManagerDataSource connections =
        new DriverManagerDataSource(url, server.username(), server.password());
    connections.setSchema(SCHEMA);
    return connections;
  }
}
