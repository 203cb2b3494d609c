package io.tollgate.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.embedded.SharedInfrastructure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderedMigrationIT {

  @TempDir private Path migrations;

  @Test
  void aVersionThatTheSchemaHasPassedIsAppliedOutOfOrderAndAllOthersInOrder() throws IOException {
    String database = SharedInfrastructure.freshDatabase();
    add("V0_1__shared.sql");
    add("V1_1__own.sql");
    new OrderedMigration().migrate(flyway(database));
    assertThat(states(database)).containsExactly("0.1 Success", "1.1 Success");

    add("V0_2__shared_later.sql");
    add("V1_2__own_later.sql");
    new OrderedMigration().migrate(flyway(database));
    assertThat(states(database))
        .containsExactly("0.1 Success", "1.1 Success", "0.2 Out of Order", "1.2 Success");

    // A schema that has everything starts again.
    new OrderedMigration().migrate(flyway(database));
    assertThat(states(database)).hasSize(4);
  }

  private void add(String file) throws IOException {
    Files.writeString(
        migrations.resolve(file), "create table t%d ();".formatted(file.hashCode() & 0xffff));
  }

  private Flyway flyway(String database) {
    var server = SharedInfrastructure.database();
    return Flyway.configure()
        .dataSource(server.jdbcUrl(database), server.username(), server.password())
        .locations("filesystem:" + migrations)
        .load();
  }

  private List<String> states(String database) {
    return Arrays.stream(flyway(database).info().applied())
        .map(applied -> applied.getVersion() + " " + applied.getState().getDisplayName())
        .toList();
  }
}
