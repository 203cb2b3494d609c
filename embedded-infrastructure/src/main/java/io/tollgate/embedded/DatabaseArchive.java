package io.tollgate.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where base backups and the log of a database go, outside its directory: together they restore it
 * to any instant from the first backup's end on.
 *
 * @param directory best on another disk
 */
public record DatabaseArchive(Path directory) {

  private static final String NAME_OF_SETTING = "archive";

  /** Normalises the path; a quote in it could not be told to the server. */
  public DatabaseArchive {
    directory = directory.toAbsolutePath().normalize();
    if (directory.toString().contains("'") || directory.toString().contains("%")) {
      throw new IllegalArgumentException("an archive's path may hold neither ' nor %");
    }
  }

  /** The archive that a server's directory was told to use. */
  public static Optional<DatabaseArchive> of(Path serverDirectory) {
    Path setting = serverDirectory.resolve(NAME_OF_SETTING);
    try {
      return Files.exists(setting)
          ? Optional.of(new DatabaseArchive(Path.of(Files.readString(setting).strip())))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets a server's directory use this archive from its next start on. */
  public void useFor(Path serverDirectory) {
    try {
      Files.createDirectories(serverDirectory);
      Files.createDirectories(log());
      Files.createDirectories(bases());
      Files.writeString(serverDirectory.resolve(NAME_OF_SETTING), directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare the archive " + directory, e);
    }
  }

  Path log() {
    return directory.resolve("wal");
  }

  Path bases() {
    return directory.resolve("base");
  }

  /** Copies a segment so that it is there whole or not at all; the same one again is no failure. */
  String archiveCommand() {
    return "if test -f '%1$s/%%f'; then cmp -s '%%p' '%1$s/%%f'; else cp '%%p' '%1$s/%%f.part' && sync '%1$s/%%f.part' && mv '%1$s/%%f.part' '%1$s/%%f'; fi"
        .formatted(log());
  }

  String restoreCommand() {
    return "cp '%s/%%f' '%%p'".formatted(log());
  }

  /** The newest base backup that ended by then; the newest of all when no instant is given. */
  Path baseFor(Optional<Instant> at) {
    try (Stream<Path> found = Files.list(bases())) {
      List<Path> complete =
          found.filter(path -> !path.getFileName().toString().endsWith(".part")).toList();
      return complete.stream()
          .filter(path -> at.isEmpty() || !endOf(path).isAfter(at.get()))
          .max(Comparator.comparing(DatabaseArchive::endOf))
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "no base backup in %s ended by %s: of %s"
                          .formatted(
                              bases(),
                              at.map(Instant::toString).orElse("now"),
                              complete.stream().map(DatabaseArchive::endOf).sorted().toList())));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the archive " + directory, e);
    }
  }

  /** A base backup is named by the instant of its end. */
  static String nameOf(Instant end) {
    return end.toString().replace(":", "");
  }

  private static Instant endOf(Path base) {
    String name = base.getFileName().toString();
    int time = name.indexOf('T') + 1;
    return Instant.parse(
        name.substring(0, time)
            + name.substring(time, time + 2)
            + ":"
            + name.substring(time + 2, time + 4)
            + ":"
            + name.substring(time + 4));
  }
}
