package io.tollgate.store.testing;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.testing.SharedInfrastructure;
import org.flywaydb.core.Flyway;

/** A new database with the tables that every service has, and no service. */
public final class SupportDatabase {

  private SupportDatabase() {}

  /** Makes one; its connections are the caller's to close. */
  public static HikariDataSource create() {
    var server = SharedInfrastructure.database();
    HikariDataSource database = new HikariDataSource();
    database.setJdbcUrl(server.jdbcUrl(SharedInfrastructure.freshDatabase()));
    database.setUsername(server.username());
    database.setPassword(server.password());
    Flyway.configure().dataSource(database).locations("classpath:db/support").load().migrate();
    return database;
  }
}
