package io.tollgate.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.e2e.testing.Settings;
import io.tollgate.e2e.testing.SmallDisk;
import io.tollgate.embedded.FreePorts;
import io.tollgate.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A real Prometheus reads the application under load and faults: every panel and every rule finds
 * the series it asks for, and every alert that can be provoked here fires and resolves.
 */
@Tag("minutes")
class MonitoringIT {

  private static final Instant START = Instant.parse("2026-02-28T16:00:00Z");
  private static final Duration LIMIT = Duration.ofSeconds(150);

  /** Series that rules and panels ask for by name; functions and labels are none. */
  private static final Pattern SERIES =
      Pattern.compile(
          "\\b(tollgate[_:][a-z_:0-9]+|up|http_server_requests_[a-z_]+|hikaricp_[a-z_]+|disk_[a-z_]+"
              + "|kafka_[a-z_]+|jvm_[a-z_]+|process_[a-z_]+)\\b");

  /** Why some alerts cannot be provoked here, and which; {@code ops/README.md} says the same. */
  private static final Map<String, Set<String>> NOT_PROVOKED =
      Map.of(
          "only damaged data or a defect raises it; each service's `AuditIT` damages data",
          Set.of(
              "LedgerImbalance",
              "ConservationDifference",
              "AuditDifference",
              "EventGap",
              "UsageStreamStopped",
              "AccountsParked",
              "DeadLetters"),
          "the test drives the clock, which waits until all that is due is done",
          Set.of(
              "MeteringTimeStalled",
              "UsageOverdue",
              "BillingWatermarkStalled",
              "NoticesUndelivered",
              "ObjectiveBurnsFast",
              "ObjectiveBurnsSlowly"),
          "the broker runs in the process that is watched, and cannot stop without it",
          Set.of("BrokerUnreachable", "OutboxStuck", "MeteringBehind"),
          "it takes a backlog of 100,000 records",
          Set.of("ConsumerBehind"),
          "a sweep waits for a frozen database longer than the alert looks back here",
          Set.of("SweepFailing"));

  @Test
  void operatorsAreToldWhichAlertsAreNotProvoked() throws IOException {
    assertThat(Files.readString(Path.of("..", "ops", "README.md")))
        .contains(
            NOT_PROVOKED.entrySet().stream()
                .map(
                    each ->
                        "| %s | %s |"
                            .formatted(
                                each.getValue().stream()
                                    .sorted()
                                    .map("`%s`"::formatted)
                                    .collect(Collectors.joining(", ")),
                                each.getKey()))
                .toList());
  }

  @Test
  void everyPanelAndRuleFindsItsSeriesAndAlertsFireAndResolve() {
    assumeTrue(Prometheus.isInstalled(), "Prometheus is not installed");
    int smtp = FreePorts.one();
    try (SmallDisk disk = SmallDisk.mount("monitoring");
        Deployment deployment =
            Deployment.start(
                disk.directory(),
                Settings.startingAt(START).with("TOLLGATE_SMTP_PORT", Integer.toString(smtp)));
        Prometheus prometheus = Prometheus.of(deployment, Path.of("target", "monitoring"))) {
      Cloud cloud = new Cloud(deployment, ZoneId.of("Asia/Shanghai"));
      Faults faults = new Faults(cloud, prometheus, disk, smtp);
      faults.prepare();

      assertThat(withoutData(prometheus)).as("panels and rules without data").isEmpty();
      Set<String> provoked = new TreeSet<>();
      List<String> wrong = new ArrayList<>();
      for (Faults.Fault fault : faults.all()) {
        try {
          provoke(prometheus, fault);
        } catch (AssertionError e) {
          wrong.add(e.getMessage());
        }
        provoked.addAll(fault.alerts());
      }
      assertThat(wrong).as("faults that were not reported as they should").isEmpty();

      Set<String> rest = new TreeSet<>(Rules.alerts());
      rest.removeAll(provoked);
      assertThat(rest)
          .as("alerts that were not provoked, and for which no reason is given")
          .isEqualTo(notProvoked());
    }
  }

  private static Set<String> notProvoked() {
    return NOT_PROVOKED.values().stream()
        .flatMap(Set::stream)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A query may be asked for before what it needs was read twice. */
  private static List<String> withoutData(Prometheus prometheus) {
    Map<String, String> queries = new TreeMap<>(Panels.queries("1m"));
    Rules.expressions().forEach(rule -> series(rule).forEach(name -> queries.put(name, name)));
    return Await.until(
        LIMIT,
        () -> {
          List<String> empty = new ArrayList<>();
          queries.forEach(
              (name, query) -> {
                if (prometheus.values(query).isEmpty()) {
                  empty.add(name + ": " + query);
                }
              });
          return empty;
        },
        List::isEmpty);
  }

  private static Set<String> series(String expression) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = SERIES.matcher(expression.replaceAll("\"[^\"]*\"", ""));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  private static void provoke(Prometheus prometheus, Faults.Fault fault) {
    long from = System.nanoTime();
    try {
      fault.make().run();
      awaitFiring(prometheus, fault, from);
    } finally {
      fault.mend().run();
    }
    awaitResolved(prometheus, fault);
  }

  /** Some fire for moments only: what has fired counts. */
  private static void awaitFiring(Prometheus prometheus, Faults.Fault fault, long fromNanos) {
    Set<String> fired = new TreeSet<>();
    var unused =
        Await.until(
            LIMIT,
            () -> {
              fault.meanwhile().run();
              fired.addAll(prometheus.fired(Math.max(1, secondsSince(fromNanos))));
              Set<String> missing = new TreeSet<>(fault.alerts());
              missing.removeAll(fired);
              return "%s: does not fire: %s".formatted(fault.name(), missing);
            },
            said -> said.endsWith("[]"));
    assertThat(fired).as("what fires while %s", fault.name()).isSubsetOf(fault.mayFire());
  }

  private static long secondsSince(long nanos) {
    return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - nanos);
  }

  private static void awaitResolved(Prometheus prometheus, Faults.Fault fault) {
    var unused =
        Await.until(
            LIMIT,
            () -> {
              Set<String> firing = prometheus.firing();
              firing.retainAll(fault.alerts());
              return "%s: does not resolve: %s".formatted(fault.name(), firing);
            },
            said -> said.endsWith("[]"));
  }
}
