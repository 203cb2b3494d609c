package io.tollgate.e2e.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * The alert rules of {@code ops/alerts.yml}, sped up: what they wait for and look back at is a
 * sixtieth, minutes become seconds. Limits of values are as they are.
 */
final class Rules {

  private static final Path FILE = Path.of("..", "ops", "alerts.yml");
  private static final int SPEED = 60;

  /** Windows hold a few scrapes, one a second, whatever the speed. */
  private static final long SHORTEST_WINDOW = 4;

  /** Nothing is learnt from waiting longer before an alert fires. */
  private static final long LONGEST_WAIT = 20;

  private static final Pattern DURATION = Pattern.compile("(for: |offset |\\[)(\\d+)([smhd])\\b");

  private Rules() {}

  /** The rules sped up, as YAML. */
  static String spedUp() {
    return DURATION
        .matcher(text())
        .replaceAll(
            match -> {
              long seconds = seconds(Long.parseLong(match.group(2)), match.group(3));
              return Matcher.quoteReplacement(
                  match.group(1) + spedUp(match.group(1), seconds) + "s");
            });
  }

  private static long spedUp(String use, long seconds) {
    long shorter = Math.max(1, seconds / SPEED);
    return switch (use) {
      case "[" -> Math.max(SHORTEST_WINDOW, shorter);
      case "for: " -> Math.min(LONGEST_WAIT, shorter);
      default -> shorter;
    };
  }

  private static long seconds(long count, String unit) {
    return switch (unit) {
      case "d" -> TimeUnit.DAYS.toSeconds(count);
      case "h" -> TimeUnit.HOURS.toSeconds(count);
      case "m" -> TimeUnit.MINUTES.toSeconds(count);
      default -> count;
    };
  }

  /** Names of all alerts. */
  static Set<String> alerts() {
    Set<String> names = new TreeSet<>();
    for (Map<?, ?> rule : rules()) {
      if (rule.get("alert") instanceof String name) {
        names.add(name);
      }
    }
    return names;
  }

  /** Expressions of all rules. */
  static List<String> expressions() {
    return rules().stream().map(rule -> String.valueOf(rule.get("expr"))).toList();
  }

  private static List<Map<?, ?>> rules() {
    List<Map<?, ?>> rules = new ArrayList<>();
    Map<String, List<Map<String, List<Map<?, ?>>>>> file = new Yaml().load(text());
    file.getOrDefault("groups", List.of())
        .forEach(group -> rules.addAll(group.getOrDefault("rules", List.of())));
    return rules;
  }

  private static String text() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException("the alert rules cannot be read", e);
    }
  }
}
