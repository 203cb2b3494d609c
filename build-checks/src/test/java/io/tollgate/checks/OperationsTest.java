package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alerts, dashboards and the list of metrics name exactly the metrics that the services write. */
class OperationsTest {

  private static final Pattern METRIC = Pattern.compile("\\btollgate_[a-z_]+");
  private static final Pattern WRITTEN = Pattern.compile("\"(tollgate[._][a-z._]+)\"");
  private static final Pattern ENDING = Pattern.compile("_(total|count|sum|max|bucket)$");

  /** A name with underscores is a metric's; one with dots may be a setting's. */
  private static final Pattern METERED =
      Pattern.compile("\"(tollgate_[a-z_]+)\"|(?:counter|builder)\\(\\s*\"(tollgate\\.[a-z.]+)\"");

  /** Metrics that the design promises and a service has yet to write. */
  private static final Set<String> PROMISED = Set.of();

  private final SourceTree tree = SourceTree.ofThisProject();

  @Test
  void alertsDashboardsAndRunbooksNameMetricsThatTheCodeWrites() {
    Set<String> unknown =
        tree.files().stream()
            .filter(file -> tree.name(file).startsWith("ops/"))
            .flatMap(file -> METRIC.matcher(SourceTree.read(file)).results())
            .map(match -> ENDING.matcher(match.group()).replaceFirst(""))
            .collect(Collectors.toCollection(TreeSet::new));
    unknown.removeAll(written());
    unknown.removeAll(PROMISED);

    assertThat(unknown).as("metrics in ops/ that no main code writes").isEmpty();
  }

  @Test
  void everyMetricOfAServiceIsInTheListOfMetrics() {
    String list = SourceTree.read(tree.root().resolve("docs/metrics.md"));
    Set<String> listed =
        METRIC
            .matcher(list)
            .results()
            .map(match -> ENDING.matcher(match.group()).replaceFirst(""))
            .collect(Collectors.toSet());
    Set<String> metered =
        tree.javaFiles().stream()
            .filter(
                file ->
                    tree.name(file)
                        .matches("(service-support|service-store|[a-z]+-service)/src/main/.*"))
            .flatMap(file -> METERED.matcher(SourceTree.read(file)).results())
            .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
            .map(name -> name.replace('.', '_'))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(metered).contains("tollgate_ledger_imbalance", "tollgate_notices");
    metered.removeAll(listed);
    assertThat(metered).as("metrics that docs/metrics.md does not list").isEmpty();
  }

  @Test
  void everyAlertHasARunbook() {
    Path alerts = tree.root().resolve("ops/alerts.yml");
    List<String> missing =
        SourceTree.lines(alerts)
            .filter(line -> line.contains("runbook:"))
            .map(line -> line.replaceFirst(".*runbook: *", ""))
            .filter(page -> !tree.root().resolve(page).toFile().exists())
            .toList();

    assertThat(missing).as("runbooks that alerts name").isEmpty();
    assertThat(SourceTree.lines(alerts).filter(line -> line.contains("- alert:")))
        .hasSameSizeAs(SourceTree.lines(alerts).filter(line -> line.contains("runbook:")).toList());
  }

  /** Whether they pass is for promtool to say, which .ci/run asks. */
  @Test
  void everyAlertIsTested() {
    assertThat(named("ops/alerts.yml", "- alert:"))
        .isNotEmpty()
        .isEqualTo(named("ops/alerts_test.yml", "alertname:"));
  }

  private Set<String> named(String file, String key) {
    return SourceTree.lines(tree.root().resolve(file))
        .map(String::strip)
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(key.length()).strip())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Micrometer's dots become underscores, and timers get their unit. */
  private Set<String> written() {
    return tree.javaFiles().stream()
        .filter(file -> tree.name(file).contains("/src/main/"))
        .flatMap(file -> WRITTEN.matcher(SourceTree.read(file)).results())
        .map(match -> match.group(1).replace('.', '_'))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
