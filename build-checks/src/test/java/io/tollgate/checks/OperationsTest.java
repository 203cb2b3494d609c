package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An alert on a metric that nobody writes is silent for ever: their names must agree. */
class OperationsTest {

  private static final Pattern METRIC = Pattern.compile("\\btollgate_[a-z_]+");
  private static final Pattern WRITTEN = Pattern.compile("\"(tollgate[._][a-z._]+)\"");
  private static final Pattern ENDING = Pattern.compile("_(total|count|sum|max|bucket)$");

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

  /** Micrometer's dots become underscores, and timers get their unit. */
  private Set<String> written() {
    return tree.javaFiles().stream()
        .filter(file -> tree.name(file).contains("/src/main/"))
        .flatMap(file -> WRITTEN.matcher(SourceTree.read(file)).results())
        .map(match -> match.group(1).replace('.', '_'))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
