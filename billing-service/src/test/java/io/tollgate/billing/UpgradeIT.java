package io.tollgate.billing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.Billing;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.Granularity;
import io.tollgate.testing.ServicePlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.TreeSet;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Books that were written under an earlier schema are the same under today's, and go on (F20).
 *
 * <p>They are a dump of a running service before migrations 0.22, 1.5 and 1.8: bills with a term,
 * one more for late usage, one corrected, a penalty, a recharge and its reversal.
 */
class UpgradeIT {

  private static final String BOOKS = "/db/books-at-1.4.txt";

  @Test
  void earlierBooksAreTheSameAfterTheMigrationsAndGoOn(@TempDir Path directory) throws Exception {
    ServicePlace place = Billing.place(directory, "2024-03-01T00:00");
    migrate(place.database(), "classpath:db/support", "0.21");
    migrate(place.database(), "classpath:db/billing", "1.4");
    load(place.database());

    try (Billing billing = Billing.start(place)) {
      billing.service().settle();
      assertThat(billing.service().now()).isEqualTo(Billing.local("2024-03-07T12:00"));
      assertThat(billing.balance("up-7", "unpaid")).isEqualTo("30.000000");
      assertThat(billing.balance("up-12", "unpaid")).isEqualTo("3.000000");
      assertThat(billing.balance("up-12", "penalty")).isEqualTo("0.003000");
      assertGreen(billing);

      billing.usage(
          Granularity.DAY,
          "up-12",
          "disk-up-12",
          "disk",
          "2024-03-06T00:00",
          "4",
          1,
          "2024-03-07T13:00");
      billing.closed(Granularity.DAY, "2024-03-07T00:00", "2024-03-07T13:00");
      billing.stepTo("2024-03-08T00:00");
      // 3 were owed, 4 units at 0.5 are new; the night costs a thousandth of the 3.
      assertThat(billing.balance("up-12", "unpaid")).isEqualTo("5.000000");
      assertThat(billing.balance("up-12", "penalty")).isEqualTo("0.006000");
      // The month's counter had come to 6 units under the earlier schema.
      assertThat(countedUnits(billing, "up-12")).isEqualTo("10");
      assertGreen(billing);
    }
  }

  private static String countedUnits(Billing billing, String account) {
    return billing
        .service()
        .bean(JdbcClient.class)
        .sql("select counters -> 0 ->> 3 from month_counters where account_id = ?")
        .param(account)
        .query(String.class)
        .single();
  }

  private static void migrate(String database, String location, String target) {
    var server = SharedInfrastructure.database();
    var unused =
        Flyway.configure()
            .dataSource(server.jdbcUrl(database), server.username(), server.password())
            .locations(location)
            .schemas("billing")
            .ignoreMigrationPatterns("*:missing")
            .target(target)
            .load()
            .migrate();
  }

  /** A row per line: its table, a space and its columns as JSON. */
  private static void load(String database) throws SQLException, IOException {
    try (Connection connection = SharedInfrastructure.database().connect(database);
        var statement = connection.createStatement();
        InputStream in = Objects.requireNonNull(UpgradeIT.class.getResourceAsStream(BOOKS))) {
      connection.setSchema("billing");
      // In any order of the tables.
      statement.execute("set session_replication_role = replica");
      var tables = new TreeSet<String>();
      for (String line : new String(in.readAllBytes(), UTF_8).lines().toList()) {
        String table = line.substring(0, line.indexOf(' '));
        tables.add(table);
        try (PreparedStatement row =
            connection.prepareStatement(
                "insert into %1$s overriding system value select * from json_populate_record(null::%1$s, ?::json)"
                    .formatted(table))) {
          row.setString(1, line.substring(table.length() + 1));
          row.executeUpdate();
        }
      }
      for (String table : tables) {
        continueNumbers(connection, table);
      }
    }
  }

  /** Identity columns go on after the rows that were loaded. */
  private static void continueNumbers(Connection connection, String table) throws SQLException {
    String identities =
        """
        select format('select setval(%L, (select max(%I) from %I))',
                      pg_get_serial_sequence(table_name, column_name), column_name, table_name)
          from information_schema.columns
         where table_schema = 'billing' and table_name = ? and is_identity = 'YES'
        """;
    try (PreparedStatement query = connection.prepareStatement(identities)) {
      query.setString(1, table);
      try (ResultSet found = query.executeQuery();
          var statement = connection.createStatement()) {
        while (found.next()) {
          statement.execute(found.getString(1));
        }
      }
    }
  }

  private static void assertGreen(Billing billing) {
    JsonNode report = billing.operator().get("/v1/audit").body();
    assertThat(report.at("/green").asBoolean()).as(report.toPrettyString()).isTrue();
  }
}
