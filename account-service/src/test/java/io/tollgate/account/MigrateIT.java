package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.store.Migrate;
import io.tollgate.testing.RunningService;
import io.tollgate.testing.ServicePlace;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations as a step of their own, before instances that do not migrate. */
class MigrateIT {

  private final String database = SharedInfrastructure.freshDatabase();

  @TempDir private Path directory;

  private void migrate(String password) {
    var server = SharedInfrastructure.database();
    Migrate.main(
        new String[] {
          "account",
          "--spring.datasource.url=" + server.jdbcUrl(database) + "?currentSchema=account",
          "--spring.datasource.username=" + server.username(),
          "--spring.datasource.password=" + password
        });
  }

  private long migrations() throws SQLException {
    try (Connection connection = SharedInfrastructure.database().connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select count(*) from account.flyway_schema_history where success")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void aServiceThatDoesNotMigrateRunsOnADatabaseThatWasMigratedBefore() throws SQLException {
    String password = SharedInfrastructure.database().password();
    migrate(password);
    long applied = migrations();
    assertThat(applied).isGreaterThanOrEqualTo(2);
    migrate(password);
    assertThat(migrations()).isEqualTo(applied);

    ServicePlace place =
        new ServicePlace(
            "account",
            directory,
            database,
            SharedInfrastructure.kafka().bootstrapServers(),
            Instant.parse("2026-03-01T00:00:00Z"),
            List.of("spring.flyway.enabled=false"));
    try (RunningService service = RunningService.start(AccountApplication.class, place)) {
      assertThat(service.operator().post("/v1/accounts", "{'account':'migrated'}").status())
          .isEqualTo(201);
    }
  }

  @Test
  void aMigrationThatCannotConnectFails() {
    assertThatThrownBy(() -> migrate("wrong")).hasStackTraceContaining("password");
  }
}
