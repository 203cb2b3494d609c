package io.tollgate.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where PostgreSQL's programs are unpacked: once for each user, and only the user can write there.
 *
 * <p>The library would take the temporary directory and let everybody write, so that whoever comes
 * first decides what runs as everybody else.
 */
final class DatabaseBinaries {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private DatabaseBinaries() {}

  /**
   * The directory to unpack to: below the user's cache, or below the database's own directory for a
   * user without one.
   *
   * @throws IOException when another user could write to both
   */
  static Path directory(Path database) throws IOException {
    Path cache = cache();
    if (Files.isWritable(nearestExisting(cache))) {
      return guarded(cache.resolve("tollgate")).resolve("postgresql");
    }
    return guarded(database.resolve("programs")).resolve("postgresql");
  }

  private static Path cache() {
    String xdg = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
    Path cache = Path.of(xdg.isBlank() ? System.getProperty("user.home") + "/.cache" : xdg);
    return cache.toAbsolutePath().normalize();
  }

  private static Path nearestExisting(Path path) {
    Path existing = path;
    while (!Files.isDirectory(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  /** A directory that its owner alone can enter, whatever is allowed inside of it. */
  static Path guarded(Path directory) throws IOException {
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    }
    PosixFileAttributes found =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    String user = System.getProperty("user.name", "");
    if (!found.isDirectory() || !found.owner().getName().equals(user)) {
      throw new IOException(
          "%s must be a directory of user %s, for PostgreSQL's programs"
              .formatted(directory, user));
    }
    if (!found.permissions().equals(OWNER_ONLY)) {
      Files.setPosixFilePermissions(directory, OWNER_ONLY);
    }
    return directory;
  }
}
