package io.tollgate.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.testing.BillingSchema;
import io.tollgate.store.jdbc.PlannerSettings;
import io.tollgate.store.setaside.Selection;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The statements of every batch look their rows up, whatever the statistics say: they were taken
 * while no cycle was open, and 20,000 have been opened since.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansIT {

  private static final int CYCLES = 20_000;
  private static final int BATCH = 500;

  /** The keys of a batch, as arrays: a subquery is no argument. */
  private static final String KEYS =
      array("a-%d") + ", " + array("disk") + ", " + array("2024-03-02T00:00:00Z");

  private static final Pattern PARAMETER = Pattern.compile("(?<![:\\w]):([a-zA-Z]+)");

  private Connection connection;

  @BeforeAll
  void fill() throws SQLException {
    connection = BillingSchema.ofFreshDatabase().getConnection();
    execute("alter table billing_cycle set (autovacuum_enabled = off)");
    execute("alter table usage_window set (autovacuum_enabled = off)");
    cycles("2024-03-01T00:00:00Z", true);
    execute("analyze");
    cycles("2024-03-02T00:00:00Z", false);
    execute(
        """
        insert into usage_window
        select account_id, product_id, cycle_start, granularity, 'i', 'm', '{}', cycle_end, 'u', 1,
               1, 1, cycle_end
          from billing_cycle
        """);
    connection.setAutoCommit(false);
    execute(PlannerSettings.BY_KEY);
  }

  private static String array(String element) {
    return IntStream.rangeClosed(1, BATCH)
        .mapToObj(n -> "'" + element.formatted(n) + "'")
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  @AfterAll
  void stop() throws SQLException {
    connection.close();
  }

  private void cycles(String start, boolean billed) throws SQLException {
    execute(
        """
        insert into billing_cycle
          (account_id, product_id, cycle_start, cycle_end, month_start, output_partition,
           granularity, billed, touched_at)
        select 'a-' || n, 'disk', '%1$s', timestamptz '%1$s' + interval '1 day', '%1$s', n %% 8,
               'DAY', %2$s, '%1$s'
          from generate_series(1, %3$d) n
        """
            .formatted(start, billed, CYCLES));
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void aClaimLooksItsCyclesUp(String mode) throws SQLException {
    assertThat(plan(mode, JdbcCycles.CLAIM, KEYS))
        .anyMatch(line -> line.contains("Index Scan using billing_cycle_pkey"))
        .anyMatch(
            line ->
                line.contains("Index Cond")
                    && line.contains("k.account_id")
                    && line.contains("k.cycle_start"))
        .noneMatch(line -> line.contains("billing_cycle_open"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void theUsageOfABatchIsLookedUp(String mode) throws SQLException {
    assertThat(
            plan(mode, JdbcCycles.USAGE, KEYS + ", " + array("2024-03-03T00:00:00Z") + ", 'DAY'"))
        .anyMatch(line -> line.contains("Index Scan using usage_window_pkey"))
        .anyMatch(line -> line.contains("Index Cond") && line.contains("k.account_id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"force_custom_plan", "force_generic_plan"})
  void theNextDueCyclesAreReadFromTheIndexOfOpenOnes(String mode) throws SQLException {
    assertThat(
            plan(
                mode,
                JdbcCycles.due(Selection.REGULAR),
                "'2024-04-01T00:00:00Z', array[0, 1, 2], 1000"))
        .anyMatch(line -> line.contains("Index Scan using billing_cycle_open"))
        .noneMatch(line -> line.contains("Seq Scan on billing_cycle"));
  }

  /** The plan of a statement with named parameters, whose values come in the order of the names. */
  private List<String> plan(String mode, String sql, String values) throws SQLException {
    List<String> names = new ArrayList<>();
    StringBuilder numbered = new StringBuilder();
    Matcher parameter = PARAMETER.matcher(sql);
    while (parameter.find()) {
      if (!names.contains(parameter.group(1))) {
        names.add(parameter.group(1));
      }
      parameter.appendReplacement(
          numbered, Matcher.quoteReplacement("$" + (names.indexOf(parameter.group(1)) + 1)));
    }
    parameter.appendTail(numbered);
    execute("deallocate all");
    execute("set local plan_cache_mode = " + mode);
    execute("prepare planned as " + numbered);
    List<String> lines = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet plan = statement.executeQuery("explain execute planned (" + values + ")")) {
      while (plan.next()) {
        lines.add(plan.getString(1));
      }
    }
    return lines;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
