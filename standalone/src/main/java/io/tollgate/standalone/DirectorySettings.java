package io.tollgate.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Properties;

/**
 * What a data directory keeps for ever once something was started on it: everything stored there is
 * by this clock and in this zone.
 *
 * @param clockStart where its test clock began; empty when it follows the system clock
 * @param zone its billing zone (T1)
 */
record DirectorySettings(Optional<Instant> clockStart, ZoneId zone) {

  static DirectorySettings of(Settings settings) {
    return new DirectorySettings(settings.testClock(), settings.zone());
  }

  /**
   * What was chosen when a directory was used first; empty when it never was.
   *
   * @throws CommandException when the file cannot be understood
   */
  static Optional<DirectorySettings> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    try (InputStream in = Files.newInputStream(file)) {
      properties.load(in);
      return Optional.of(
          new DirectorySettings(
              Optional.ofNullable(properties.getProperty("clock-start")).map(Instant::parse),
              ZoneId.of(properties.getProperty("zone", ""))));
    } catch (IOException | RuntimeException e) {
      throw new CommandException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
  }

  void write(Path file) {
    Properties properties = new Properties();
    properties.setProperty("zone", zone.getId());
    clockStart.ifPresent(start -> properties.setProperty("clock-start", start.toString()));
    PropertiesFile.write(
        file, properties, "Chosen when this directory was created; cannot be changed");
  }

  /**
   * Refuses what contradicts them.
   *
   * @param wanted what is asked for now
   * @throws CommandException when the directory is by another clock or zone
   */
  void require(DirectorySettings wanted, DataDirectory directory) {
    if (wanted.clockStart.isPresent() != clockStart.isPresent()) {
      throw new CommandException(
          "%s uses %s, which cannot be changed: choose another directory with --data-dir"
              .formatted(directory.root(), clockInWords()));
    }
    if (!wanted.clockStart.equals(clockStart)) {
      throw new CommandException(
          "the test clock of %s began at %s and continues from where it is: omit --start"
              .formatted(directory.root(), clockStart.orElseThrow()));
    }
    if (!wanted.zone.equals(zone)) {
      throw new CommandException(
          "the billing zone of %s is %s and cannot be changed to %s"
              .formatted(directory.root(), zone, wanted.zone));
    }
  }

  private String clockInWords() {
    return clockStart.isPresent() ? "a test clock" : "the system clock";
  }
}
