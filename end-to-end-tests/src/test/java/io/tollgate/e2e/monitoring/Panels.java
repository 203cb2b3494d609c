package io.tollgate.e2e.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the panels of {@code ops/grafana/dashboards} ask Prometheus. */
final class Panels {

  private static final Path DIRECTORY = Path.of("..", "ops", "grafana", "dashboards");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Panels() {}

  /**
   * All queries by dashboard and panel, with every choice at "all".
   *
   * @param interval stands for Grafana's rate interval, e.g. {@code 2m}
   */
  static Map<String, String> queries(String interval) {
    Map<String, String> queries = new LinkedHashMap<>();
    for (Path file : files()) {
      JsonNode dashboard = read(file);
      for (JsonNode panel : dashboard.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          queries.put(
              "%s / %s / %s"
                  .formatted(
                      dashboard.path("title").asString(),
                      panel.path("title").asString(),
                      target.path("refId").asString()),
              target
                  .path("expr")
                  .asString()
                  .replace("$__rate_interval", interval)
                  .replaceAll("\\$(service|instance|currency|objective)\\b", ".*"));
        }
      }
    }
    return queries;
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("a dashboard cannot be read", e);
    }
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("the dashboards cannot be listed", e);
    }
  }
}
