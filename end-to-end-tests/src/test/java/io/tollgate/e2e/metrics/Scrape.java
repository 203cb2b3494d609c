package io.tollgate.e2e.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a Prometheus reads of one service: text format 0.0.4, taken apart. */
record Scrape(Map<String, Family> families) {

  private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) ?(.*)");
  private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern PART = Pattern.compile("_(bucket|sum|count)$");

  /** A metric with its samples. */
  record Family(String name, String type, String help, List<Sample> samples) {

    Set<String> labels() {
      Set<String> names = new TreeSet<>();
      samples.forEach(sample -> names.addAll(sample.labels().keySet()));
      names.remove("le");
      return names;
    }

    Set<String> values(String label) {
      Set<String> values = new TreeSet<>();
      samples.stream()
          .map(Sample::labels)
          .filter(labels -> labels.containsKey(label))
          .forEach(labels -> values.add(labels.get(label)));
      return values;
    }

    boolean isOurs() {
      return name.startsWith("tollgate_");
    }
  }

  /** A value with its labels. */
  record Sample(String name, Map<String, String> labels, double value) {}

  static Scrape of(String text) {
    Map<String, String> helps = new TreeMap<>();
    Map<String, String> types = new TreeMap<>();
    Map<String, List<Sample>> samples = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher comment = COMMENT.matcher(line);
      Matcher sample = SAMPLE.matcher(line);
      if (comment.matches()) {
        (comment.group(1).equals("HELP") ? helps : types).put(comment.group(2), comment.group(3));
      } else if (sample.matches()) {
        String family = PART.matcher(sample.group(1)).replaceFirst("");
        samples
            .computeIfAbsent(
                types.containsKey(family) ? family : sample.group(1), key -> new ArrayList<>())
            .add(
                new Sample(
                    sample.group(1),
                    labels(sample.group(2) == null ? "" : sample.group(2)),
                    Double.parseDouble(sample.group(3).replace("Inf", "Infinity"))));
      } else if (!line.isBlank()) {
        throw new IllegalArgumentException("not a line of a scrape: " + line);
      }
    }
    Map<String, Family> families = new TreeMap<>();
    samples.forEach(
        (name, values) ->
            families.put(
                name,
                new Family(
                    name,
                    types.getOrDefault(name, ""),
                    helps.getOrDefault(name, "").strip(),
                    values)));
    return new Scrape(families);
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels;
  }

  /**
   * The sum of the samples of a name that have these labels.
   *
   * @param labels name and value in turn
   */
  double sum(String sample, String... labels) {
    Map<String, String> wanted = new TreeMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return families.values().stream()
        .flatMap(family -> family.samples().stream())
        .filter(each -> each.name().equals(sample))
        .filter(each -> each.labels().entrySet().containsAll(wanted.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }
}
