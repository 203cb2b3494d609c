package io.tollgate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Puts a base backup in the place of a server's data, to be recovered from the archived log when
 * the server starts next. What was there is kept beside it.
 */
final class PointInTime {

  private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}|[0-9A-F]{8}\\.history");
  private static final String LOG = "pg_wal";

  /** The server reads its configuration before it knows the names of time zones, Z among them. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS'+00'").withZone(ZoneOffset.UTC);

  private PointInTime() {}

  /**
   * Prepares the recovery.
   *
   * @param directory the server's directory; the server is stopped
   * @param at the last instant whose commits are kept; everything that is archived when empty
   * @param timeline the one to follow; may be empty when there is only one
   * @return where the data that was there is kept; empty when there was none
   */
  static Optional<Path> prepare(
      Path directory, DatabaseArchive archive, Optional<Instant> at, Optional<Integer> timeline)
      throws IOException {
    Path base = archive.baseFor(at);
    Path data = directory.resolve("data");
    if (timeline.isEmpty()) {
      refuseSeveral(Timelines.after(base, List.of(archive.log(), data.resolve(LOG))), base);
    }
    Optional<Path> replaced = Optional.empty();
    if (Files.exists(data)) {
      replaced = Optional.of(Files.move(data, unused(directory), StandardCopyOption.ATOMIC_MOVE));
    }
    DirectoryTree.copy(base, data);
    if (replaced.isPresent()) {
      takeUnarchived(replaced.get().resolve(LOG), data.resolve(LOG));
    }
    Files.writeString(
        data.resolve("postgresql.auto.conf"),
        settings(archive, at, timeline),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    Files.createFile(data.resolve("recovery.signal"));
    return replaced;
  }

  /** The server would follow the latest, which the instant may not be on. */
  private static void refuseSeveral(NavigableSet<Integer> timelines, Path base) {
    if (timelines.size() > 1) {
      throw new IllegalStateException(
          "timelines %s follow the base backup %s: choose one with --timeline"
              .formatted(timelines, base));
    }
  }

  private static Path unused(Path directory) {
    int number = 1;
    while (Files.exists(directory.resolve("data.replaced-" + number))) {
      number++;
    }
    return directory.resolve("data.replaced-" + number);
  }

  /** What the server had not archived yet is only here. */
  private static void takeUnarchived(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (SEGMENT.matcher(file.getFileName().toString()).matches()) {
          Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
  }

  private static String settings(
      DatabaseArchive archive, Optional<Instant> at, Optional<Integer> timeline) {
    return """

    restore_command = '%s'
    recovery_target_action = 'promote'
    recovery_target_timeline = '%s'
    %s
    """
        .formatted(
            archive.restoreCommand().replace("'", "''"),
            timeline.map(Object::toString).orElse("latest"),
            at.map(instant -> "recovery_target_time = '" + TIME.format(instant) + "'").orElse(""));
  }
}
