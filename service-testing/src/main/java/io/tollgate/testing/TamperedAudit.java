package io.tollgate.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.support.observability.Readings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;

/**
 * Shows that an audit can fail: breaks each invariant of a running service, and no other, and reads
 * the audit as operators do.
 *
 * <p>An invariant without a tampering fails the tests.
 */
public final class TamperedAudit {
  private static final Pattern CHANGED =
      Pattern.compile("^\\s*(?:update|insert into|delete from) (\\w+)");

  private final RunningService service;

  private TamperedAudit(RunningService service) {
    this.service = service;
  }

  /**
   * A state that breaks one invariant.
   *
   * @param invariant its id
   * @param named what the finding must name: the account, the bill, the notice
   * @param statements what makes the state; each changes rows of one table
   */
  public record Tampering(String invariant, String named, List<String> statements) {

    /** Keeps its own copy. */
    public Tampering {
      statements = List.copyOf(statements);
    }

    private Set<String> tables() {
      Set<String> tables = new TreeSet<>();
      for (String statement : statements) {
        tables.add(
            CHANGED
                .matcher(statement)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new AssertionError("changes no table: " + statement)));
      }
      return tables;
    }
  }

  /** A tampering. */
  public static Tampering tampering(String invariant, String named, String... statements) {
    return new Tampering(invariant, named, List.of(statements));
  }

  /**
   * A test for each tampering and for those of every service, and one that no invariant is left
   * out.
   *
   * @param published a topic that the service has published events on
   * @param own tamperings with the invariants of the service's own
   */
  public static Stream<DynamicTest> tests(
      RunningService service, String published, List<Tampering> own) {
    TamperedAudit audit = new TamperedAudit(service);
    List<Tampering> all = Stream.concat(own.stream(), ofEveryService(published)).toList();
    return Stream.concat(
        all.stream().map(each -> DynamicTest.dynamicTest(each.invariant(), () -> audit.sees(each))),
        Stream.of(
            DynamicTest.dynamicTest(
                "every invariant is tampered with",
                () ->
                    assertThat(all)
                        .extracting(Tampering::invariant)
                        .containsExactlyInAnyOrderElementsOf(audit.invariants()))));
  }

  private static Stream<Tampering> ofEveryService(String published) {
    return Stream.of(
        tampering(
            "events-are-published-or-waiting",
            published + ": ",
            "update outbox_published set events = events + 1 where topic = '" + published + "'"),
        tampering(
            "no-event-is-missing",
            "another.events tampered 3/7",
            """
            insert into applied_sequence_gap (topic, account, epoch, sequence)
            values ('another.events', 'tampered', 3, 7)
            """));
  }

  private void sees(Tampering tampering) throws SQLException {
    assertThat(red()).as("before").isEmpty();
    Set<String> tables = tampering.tables();
    var unused =
        change(
            tables.stream()
                .map(table -> "create table tampered_%1$s as table %1$s".formatted(table)));
    try {
      assertThat(change(tampering.statements().stream())).as("changed rows").doesNotContain(0);
      Map<String, String> red = red();
      assertThat(red).containsOnlyKeys(tampering.invariant());
      assertThat(red.get(tampering.invariant())).contains(tampering.named());
      assertThat(gauge(tampering.invariant())).as("gauge").isPositive();
    } finally {
      unused = change(tables.stream().flatMap(TamperedAudit::restoring));
    }
    assertThat(red()).as("restored").isEmpty();
    assertThat(gauge(tampering.invariant())).as("gauge").isZero();
  }

  private static Stream<String> restoring(String table) {
    return Stream.of(
        "delete from " + table,
        "insert into %1$s overriding system value table tampered_%1$s".formatted(table),
        "drop table tampered_" + table);
  }

  /** Changes what the schema protects: triggers and foreign keys are off. */
  private List<Integer> change(Stream<String> statements) throws SQLException {
    List<Integer> rows = new ArrayList<>();
    try (Connection connection = service.bean(DataSource.class).getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("set local session_replication_role = replica");
      for (String each : statements.toList()) {
        rows.add(statement.executeUpdate(each));
      }
      connection.commit();
    }
    return rows;
  }

  private JsonNode report() {
    return service.operator().get("/v1/audit").body().path("invariants");
  }

  private List<String> invariants() {
    return report().valueStream().map(each -> each.path("id").asString()).toList();
  }

  /** The findings of the invariants that do not hold. */
  private Map<String, String> red() {
    Map<String, String> red = new TreeMap<>();
    for (JsonNode each : report()) {
      if (!each.path("green").asBoolean()) {
        red.put(each.path("id").asString(), each.path("findings").toString());
      }
    }
    return red;
  }

  /** What alerts watch. */
  private double gauge(String invariant) {
    service.bean(Readings.class).refresh();
    return service
        .bean(MeterRegistry.class)
        .get("tollgate_audit_difference")
        .tag("invariant", invariant)
        .gauge()
        .value();
  }
}
