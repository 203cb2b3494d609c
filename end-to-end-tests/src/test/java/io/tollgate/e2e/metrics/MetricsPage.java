package io.tollgate.e2e.metrics;

import io.tollgate.standalone.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of {@code docs/metrics.md}, as running services would have them. */
record MetricsPage(String text) {

  private static final String OURS = "own";
  private static final String OTHERS = "libraries";
  private static final String HEAD =
      """
      | metric | type | unit | labels | services | meaning |
      | --- | --- | --- | --- | --- | --- |
      """;
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` .*$");

  /** Labels of which every value is in the code; the page lists them where they are few. */
  private static final Set<String> CLOSED =
      Set.of("cause", "channel", "fate", "from", "kind", "outcome", "state", "to");

  private static final int FEW = 8;

  /** A metric as all services show it. */
  private record Merged(
      Scrape.Family family, Set<Service> services, Map<String, Set<String>> labels) {}

  /** The page with tables of what was scraped; rows of libraries that it has stay. */
  MetricsPage with(Map<Service, Scrape> scrapes) {
    Map<String, Merged> merged = merged(scrapes);
    Map<String, String> others = rows(section(OTHERS));
    Map<String, String> ours = new TreeMap<>();
    merged.forEach(
        (name, metric) -> (metric.family().isOurs() ? ours : others).put(name, row(metric)));
    return replaced(OURS, ours).replaced(OTHERS, others);
  }

  private static Map<String, Merged> merged(Map<Service, Scrape> scrapes) {
    Map<String, Merged> merged = new TreeMap<>();
    scrapes.forEach(
        (service, scrape) ->
            scrape
                .families()
                .forEach(
                    (name, family) -> {
                      Merged all =
                          merged.computeIfAbsent(
                              name, key -> new Merged(family, new TreeSet<>(), new TreeMap<>()));
                      all.services().add(service);
                      family
                          .labels()
                          .forEach(
                              label ->
                                  all.labels()
                                      .computeIfAbsent(label, key -> new TreeSet<>())
                                      .addAll(family.values(label)));
                    }));
    return merged;
  }

  private static String row(Merged metric) {
    Scrape.Family family = metric.family();
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            family.name(),
            family.type(),
            unit(family),
            metric.labels().entrySet().stream()
                .map(
                    each ->
                        family.isOurs()
                            ? label(each.getKey(), each.getValue())
                            : "`%s`".formatted(each.getKey()))
                .collect(Collectors.joining("; ")),
            metric.services().size() == Service.values().length
                ? "all"
                : metric.services().stream().map(Service::label).collect(Collectors.joining(", ")),
            family.help().replace("|", "\\|").replace("<", "&lt;"));
  }

  private static String unit(Scrape.Family family) {
    String name = family.name().replaceFirst("_(total|max)$", "");
    if (name.endsWith("_seconds")) {
      return "s";
    }
    if (name.endsWith("_bytes")) {
      return "B";
    }
    return family.isOurs() && family.labels().contains("currency") && !isCount(name)
        ? "currency"
        : "";
  }

  private static boolean isCount(String name) {
    return name.endsWith("_bills") || name.endsWith("_lines");
  }

  private static String label(String name, Set<String> values) {
    return CLOSED.contains(name) && values.size() <= FEW
        ? "`" + name + "`: " + String.join(", ", values)
        : "`" + name + "`";
  }

  /** The metrics of the product that the page lists. */
  Set<String> ours() {
    return rows(section(OURS)).keySet();
  }

  private MetricsPage replaced(String section, Map<String, String> rows) {
    String table = "\n\n" + HEAD + String.join("\n", rows.values()) + "\n";
    return new MetricsPage(
        text.substring(0, start(section)) + table + text.substring(end(section)));
  }

  private String section(String name) {
    return text.substring(start(name), end(name));
  }

  private int start(String section) {
    return text.indexOf(">", text.indexOf("<!-- " + section + ":")) + 1;
  }

  private int end(String section) {
    return text.indexOf("<!-- end of " + section);
  }

  private static Map<String, String> rows(String table) {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(table);
    while (row.find()) {
      rows.put(row.group(1), row.group());
    }
    return rows;
  }

  /**
   * Rows of the product that are in this page and not in the other. Which metrics of a library
   * exist depends on what has happened, so its rows are not compared.
   */
  List<String> rowsMissingIn(MetricsPage other) {
    Set<String> theirs = new TreeSet<>(rows(other.section(OURS)).values());
    List<String> missing = new ArrayList<>(rows(section(OURS)).values());
    missing.removeIf(theirs::contains);
    return missing;
  }
}
