package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Alerts, dashboards and the list of metrics name exactly the metrics that the services write. */
class OperationsTest {

  private static final Pattern METRIC = Pattern.compile("\\btollgate_[a-z_]+");
  private static final Pattern WRITTEN = Pattern.compile("\"(tollgate[._][a-z._]+)\"");
  private static final Pattern ENDING = Pattern.compile("_(total|count|sum|max|bucket)$");

  /** A name with underscores is a metric's; one with dots may be a setting's. */
  private static final Pattern METERED =
      Pattern.compile("\"(tollgate_[a-z_]+)\"|(?:counter|builder)\\(\\s*\"(tollgate\\.[a-z.]+)\"");

  private static final Pattern INHIBITION = Pattern.compile("alertname!?=~?\"([^\"]+)\"");

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
  void everyAlertLinksToARunbookAndADashboardThatExist() {
    Set<String> dashboards = dashboards();
    SoftAssertions softly = new SoftAssertions();
    for (Alert alert : alerts()) {
      softly.assertThat(alert.severity()).as(alert.name()).isIn("page", "ticket");
      softly
          .assertThat(alert.annotations())
          .as(alert.name())
          .containsOnlyKeys("summary", "runbook_url", "dashboard_url");
      softly
          .assertThat(tree.root().resolve("ops/runbooks").resolve(alert.linked("runbooks")))
          .exists();
      softly
          .assertThat(alert.linked("grafana").replaceFirst("^d/([a-z-]+).*", "$1"))
          .as("dashboard of %s", alert.name())
          .isIn(dashboards);
    }
    softly.assertAll();
  }

  /** A raw value has sixteen digits, and seconds that nobody can read. */
  @Test
  void alertsFormatTheirValues() {
    assertThat(alerts())
        .allSatisfy(
            alert ->
                assertThat(alert.annotations().get("summary"))
                    .doesNotContainPattern("\\{\\{ *\\$value *}}"));
  }

  @Test
  void everyRunbookIsOfAnAlertAndNamesIt() {
    Map<String, Set<String>> byRunbook =
        alerts().stream()
            .collect(
                Collectors.groupingBy(
                    alert -> alert.linked("runbooks"),
                    Collectors.mapping(Alert::name, Collectors.toSet())));
    byRunbook.forEach(
        (runbook, names) -> {
          String text = SourceTree.read(tree.root().resolve("ops/runbooks").resolve(runbook));
          assertThat(text)
              .as(runbook)
              .contains("**Meaning**", "**Customers**", "## Look", "## Mend");
          assertThat(text).as(runbook).contains(names);
        });
  }

  /** A misspelt name inhibits nothing, and nobody would notice. */
  @Test
  void alertmanagerKnowsTheAlertsThatItHoldsBack() {
    Set<String> names = alerts().stream().map(Alert::name).collect(Collectors.toSet());
    Set<String> inhibited =
        INHIBITION
            .matcher(SourceTree.read(tree.root().resolve("ops/alertmanager.yml")))
            .results()
            .flatMap(match -> Stream.of(match.group(1).split("\\|")))
            .collect(Collectors.toSet());

    assertThat(inhibited).contains("DatabaseUnreachable", "ServiceDown").isSubsetOf(names);
  }

  /** Whether they pass is for promtool to say, which .ci/run asks. */
  @Test
  void everyAlertIsTestedToFireAndToStaySilent() {
    Set<String> names = alerts().stream().map(Alert::name).collect(Collectors.toSet());
    Map<Boolean, Set<String>> tested =
        expectations()
            .collect(
                Collectors.partitioningBy(
                    each -> !list(each, "exp_alerts").isEmpty(),
                    Collectors.mapping(
                        each -> String.valueOf(each.get("alertname")), Collectors.toSet())));

    assertThat(names).isNotEmpty();
    assertThat(tested.get(true)).as("alerts that a test wants to fire").isEqualTo(names);
    assertThat(tested.get(false)).as("alerts that a test wants to be silent").isEqualTo(names);
  }

  private record Alert(String name, String severity, Map<String, String> annotations) {

    /** What follows the address that an external label holds. */
    String linked(String label) {
      String start = "{{ $externalLabels.%s }}/".formatted(label);
      return annotations.values().stream()
          .filter(value -> value.startsWith(start))
          .map(value -> value.substring(start.length()))
          .findFirst()
          .orElse("");
    }
  }

  private List<Alert> alerts() {
    return list(yaml("ops/alerts.yml"), "groups").stream()
        .flatMap(group -> list(group, "rules").stream())
        .filter(rule -> rule.containsKey("alert"))
        .map(
            rule ->
                new Alert(
                    String.valueOf(rule.get("alert")),
                    texts(rule, "labels").getOrDefault("severity", ""),
                    texts(rule, "annotations")))
        .toList();
  }

  private Stream<Map<?, ?>> expectations() {
    return list(yaml("ops/alerts_test.yml"), "tests").stream()
        .flatMap(test -> list(test, "alert_rule_test").stream());
  }

  private Set<String> dashboards() {
    return tree.files().stream()
        .filter(file -> tree.name(file).startsWith("ops/grafana/dashboards/"))
        .flatMap(
            file ->
                Pattern.compile("\"uid\": \"(tollgate-[a-z]+)\"")
                    .matcher(SourceTree.read(file))
                    .results())
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private Map<?, ?> yaml(String file) {
    return new Yaml().load(SourceTree.read(tree.root().resolve(file)));
  }

  private static List<Map<?, ?>> list(Map<?, ?> of, String key) {
    return of.get(key) instanceof List<?> items
        ? items.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
        : List.of();
  }

  private static Map<String, String> texts(Map<?, ?> of, String key) {
    Map<String, String> texts = new TreeMap<>();
    if (of.get(key) instanceof Map<?, ?> found) {
      found.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
    }
    return texts;
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
