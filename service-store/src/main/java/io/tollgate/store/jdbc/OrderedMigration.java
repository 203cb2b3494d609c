package io.tollgate.store.jdbc;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates in the order of the versions, and out of it only a schema that needs it.
 *
 * <p>What all services share is numbered below what a service adds, so a schema of an earlier
 * release may have passed a version that is new. Flyway applies such a one only when migrations may
 * run out of order, and then warns at every start, of any schema; this way it warns when it
 * happens.
 */
final class OrderedMigration implements FlywayMigrationStrategy {

  @Override
  public void migrate(Flyway flyway) {
    Flyway migrating = hasPassedAny(flyway) ? outOfOrder(flyway) : flyway;
    var unused = migrating.migrate();
  }

  private static boolean hasPassedAny(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .anyMatch(migration -> migration.getState() == MigrationState.IGNORED);
  }

  private static Flyway outOfOrder(Flyway flyway) {
    return Flyway.configure(flyway.getConfiguration().getClassLoader())
        .configuration(flyway.getConfiguration())
        .outOfOrder(true)
        .load();
  }
}
