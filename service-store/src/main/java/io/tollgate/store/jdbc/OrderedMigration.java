package io.tollgate.store.jdbc;

import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;

/**
 * Migrates in version order, and out of order only where a schema needs it.
 *
 * <p>Shared migrations have lower versions than those of a service, so a schema of an earlier
 * release may already be beyond a new one. Flyway applies such a migration only if out-of-order
 * migrations are enabled, and then logs a warning at every start, for any schema. This class limits
 * the warning to the schemas concerned.
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
