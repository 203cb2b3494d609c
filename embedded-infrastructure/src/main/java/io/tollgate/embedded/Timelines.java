package io.tollgate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The histories a database has had: every restore begins another. */
final class Timelines {

  private static final Pattern OF_BASE = Pattern.compile("START TIMELINE: (\\d+)");
  private static final Pattern HISTORY = Pattern.compile("([0-9A-F]{8})\\.history");
  private static final int HEXADECIMAL = 16;

  private Timelines() {}

  /** The timeline of a base backup, and all later ones whose beginnings lie in the logs. */
  static NavigableSet<Integer> after(Path base, List<Path> logs) throws IOException {
    NavigableSet<Integer> timelines = new TreeSet<>();
    timelines.add(ofBase(base));
    for (Path log : logs) {
      if (Files.isDirectory(log)) {
        try (Stream<Path> files = Files.list(log)) {
          files
              .map(file -> HISTORY.matcher(file.getFileName().toString()))
              .filter(Matcher::matches)
              .map(history -> Integer.valueOf(history.group(1), HEXADECIMAL))
              .forEach(timelines::add);
        }
      }
    }
    return timelines.tailSet(ofBase(base), true);
  }

  private static int ofBase(Path base) throws IOException {
    Matcher label = OF_BASE.matcher(Files.readString(base.resolve("backup_label")));
    if (!label.find()) {
      throw new IOException("no timeline in the label of " + base);
    }
    return Integer.parseInt(label.group(1));
  }
}
