package io.tollgate.e2e.cloudwatch;

import io.tollgate.e2e.testing.Cloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A recorded series: a CSV file of UTC times and values.
 *
 * @param name the file's name without its ending
 * @param days its readings by local day
 */
record Series(String name, SortedMap<LocalDate, List<Reading>> days) {

  /** The value as it is written, so that no digit is lost. */
  record Reading(String id, Instant time, String value) {}

  /** All series of a directory. */
  static List<Series> all(Path directory, ZoneId zone) {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.toString().endsWith(".csv"))
          .sorted()
          .map(file -> read(file, zone))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Series read(Path file, ZoneId zone) {
    try {
      String name = file.getFileName().toString().replace(".csv", "");
      List<String> lines = Files.readAllLines(file);
      SortedMap<LocalDate, List<Reading>> days = new TreeMap<>();
      for (int line = 1; line < lines.size(); line++) {
        String[] cells = lines.get(line).split(",", -1);
        Instant time = Instant.parse(cells[0].replace(' ', 'T') + "Z");
        days.computeIfAbsent(time.atZone(zone).toLocalDate(), day -> new ArrayList<>())
            .add(new Reading(name + ":" + (line + 1), time, cells[1]));
      }
      return new Series(name, days);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its instance in an account: the series and how it is posted. */
  String instance(String account) {
    return (account + "-" + name).replace('_', '-').toLowerCase(Locale.ROOT);
  }

  /** A day's events for an account's instance. */
  List<String> events(Cloud cloud, LocalDate day, String account, String type) {
    return days.getOrDefault(day, List.of()).stream()
        .map(
            reading ->
                cloud.event(instance(account), type, reading.id(), reading.time(), reading.value()))
        .toList();
  }
}
