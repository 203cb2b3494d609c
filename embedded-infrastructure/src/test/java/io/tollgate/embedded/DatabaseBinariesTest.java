package io.tollgate.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can write a program decides what its user runs. */
class DatabaseBinariesTest {

  @TempDir private Path directory;

  @Test
  void aNewDirectoryIsItsOwnersAlone() throws IOException {
    Path guarded = DatabaseBinaries.guarded(directory.resolve("cache").resolve("tollgate"));

    assertThat(permissions(guarded)).isEqualTo("rwx------");
  }

  @Test
  void whatOthersCouldWriteIsClosedToThem() throws IOException {
    Path open = Files.createDirectory(directory.resolve("tollgate"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(permissions(DatabaseBinaries.guarded(open))).isEqualTo("rwx------");
  }

  @Test
  void aLinkToElsewhereAndAFileAreRefused() throws IOException {
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> DatabaseBinaries.guarded(link))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("must be a directory of user");
    assertThatThrownBy(() -> DatabaseBinaries.guarded(file)).isInstanceOf(IOException.class);
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
