package io.tollgate.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A file of properties that is there as a whole or not at all. */
final class PropertiesFile {

  private PropertiesFile() {}

  /**
   * Writes it beside its place first.
   *
   * @throws CommandException when it cannot be written; then nothing is left beside its place
   */
  static void write(Path file, Properties properties, @Nullable String comment) {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      try (OutputStream out = Files.newOutputStream(draft)) {
        properties.store(out, comment);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      delete(draft);
      throw new CommandException("cannot write %s: %s".formatted(file, DirectoryFaults.inWords(e)));
    }
  }

  private static void delete(Path draft) {
    try {
      Files.deleteIfExists(draft);
    } catch (IOException e) {
      // It is written anew by the next one who writes, and nobody reads it.
      draft.toFile().deleteOnExit();
    }
  }
}
