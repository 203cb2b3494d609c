package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** NullAway looks only where a package says so: every package must. */
class NullMarkedTest {

  @Test
  void everyPackageIsNullMarked() {
    SourceTree tree = SourceTree.ofThisProject();
    List<String> unmarked =
        tree.javaFiles().stream()
            .map(file -> file.resolveSibling("package-info.java"))
            .collect(Collectors.toCollection(TreeSet::new))
            .stream()
            .filter(info -> !isMarked(info) && !isMarked(mainTwin(info)))
            .map(tree::name)
            .toList();

    assertThat(unmarked).as("package-info.java missing or without @NullMarked").isEmpty();
  }

  /** Tests of a package share the mark of its main code. */
  private static Path mainTwin(Path info) {
    return Path.of(info.toString().replace("/src/test/java/", "/src/main/java/"));
  }

  private static boolean isMarked(Path info) {
    return Files.exists(info) && SourceTree.read(info).contains("@NullMarked\npackage ");
  }
}
