package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every panel says what it shows and in which unit, works with any data source and any choice of
 * service, and shows missing data as missing.
 */
class DashboardsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String DATA_SOURCE = "${datasource}";

  private final SourceTree tree = SourceTree.ofThisProject();

  @Test
  void thereIsADashboardForEachConcernWithItsVariablesAndLinks() {
    Set<String> titles = new HashSet<>();
    for (JsonNode dashboard : dashboards()) {
      String title = dashboard.path("title").asString();
      titles.add(title);
      assertThat(names(dashboard)).as(title).contains("datasource", "service", "instance");
      assertThat(dashboard.path("description").asString()).as(title).isNotBlank();
      assertThat(children(dashboard.path("links")))
          .as("%s links to the other dashboards and the runbooks", title)
          .anyMatch(link -> link.path("type").asString().equals("dashboards"))
          .anyMatch(link -> link.path("url").asString().contains("/runbooks/"));
    }
    assertThat(titles)
        .containsExactlyInAnyOrder(
            "Tollgate: overview",
            "Tollgate: usage",
            "Tollgate: money",
            "Tollgate: lifecycle and notices",
            "Tollgate: infrastructure");
    assertThat(dashboards())
        .filteredOn(dashboard -> dashboard.path("title").asString().matches(".*(money|overview)"))
        .allSatisfy(dashboard -> assertThat(names(dashboard)).contains("currency"));
  }

  @Test
  void everyPanelHasADescriptionAUnitAndAWordForMissingData() {
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode panel : panels()) {
      String title = panel.path("title").asString();
      JsonNode defaults = panel.path("fieldConfig").path("defaults");
      softly.assertThat(panel.path("description").asString()).as(title).hasSizeGreaterThan(20);
      softly.assertThat(defaults.path("unit").asString("")).as("unit of %s", title).isNotBlank();
      softly.assertThat(defaults.path("noValue").asString("")).as(title).isNotBlank();
      softly
          .assertThat(children(defaults.path("mappings")))
          .as("%s maps NaN and null", title)
          .anyMatch(mapping -> mapping.at("/options/match").asString("").equals("null+nan"));
    }
    softly.assertAll();
  }

  @Test
  void everyQueryUsesTheChosenDataSourceAndTheChosenInterval() {
    SoftAssertions softly = new SoftAssertions();
    for (JsonNode panel : panels()) {
      String title = panel.path("title").asString();
      softly.assertThat(panel.at("/datasource/uid").asString()).as(title).isEqualTo(DATA_SOURCE);
      softly.assertThat(children(panel.path("targets"))).as(title).isNotEmpty();
      for (JsonNode target : children(panel.path("targets"))) {
        String query = target.path("expr").asString();
        softly.assertThat(target.at("/datasource/uid").asString()).isEqualTo(DATA_SOURCE);
        softly
            .assertThat(query)
            .as("a fixed interval is too short for a long range")
            .doesNotContainPattern("rate\\((?:[^)]*\\{[^}]*})\\[[0-9]");
        softly.assertThat(target.path("legendFormat").asString("")).as(title).isNotBlank();
      }
    }
    softly.assertAll();
  }

  @Test
  void panelsLinkToRunbooksAndDashboardsThatExist() {
    Set<String> uids = new HashSet<>();
    dashboards().forEach(dashboard -> uids.add(dashboard.path("uid").asString()));
    SoftAssertions softly = new SoftAssertions();
    int runbooks = 0;
    for (JsonNode panel : panels()) {
      for (JsonNode link : children(panel.path("links"))) {
        String url = link.path("url").asString();
        if (url.startsWith("/public/runbooks/")) {
          runbooks++;
          softly.assertThat(tree.root().resolve("ops" + url.replace("/public", ""))).exists();
        } else {
          softly.assertThat(uids).contains(url.replaceFirst("^/d/([a-z-]+).*", "$1"));
        }
      }
    }
    softly.assertThat(runbooks).isGreaterThan(20);
    softly.assertAll();
  }

  private List<JsonNode> dashboards() {
    try (Stream<Path> files = Files.list(tree.root().resolve("ops/grafana/dashboards"))) {
      return files.map(file -> JSON.readTree(SourceTree.read(file))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no dashboards", e);
    }
  }

  /** Panels that show something: a row only has a title. */
  private List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    dashboards().forEach(dashboard -> panels.addAll(children(dashboard.path("panels"))));
    panels.removeIf(panel -> panel.path("type").asString().equals("row"));
    return panels;
  }

  private static List<String> names(JsonNode dashboard) {
    return children(dashboard.at("/templating/list")).stream()
        .map(variable -> variable.path("name").asString())
        .toList();
  }

  private static List<JsonNode> children(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).toList();
  }
}
