package io.tollgate.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files of a tree as a human would see them: without build output and hidden directories.
 *
 * @param root directory of the root pom
 */
record SourceTree(Path root) {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final Set<String> SKIPPED = Set.of("target", "node_modules");

  /** The four services, by directory; none may know another. */
  static final List<String> SERVICES = List.of("metering", "billing", "account", "notification");

  /** The tree this test runs in. */
  static SourceTree ofThisProject() {
    Path directory = Path.of("").toAbsolutePath();
    while (!isRoot(directory)) {
      Path parent = directory.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "No pom.xml with <modules> above " + Path.of("").toAbsolutePath());
      }
      directory = parent;
    }
    return new SourceTree(directory);
  }

  private static boolean isRoot(Path directory) {
    Path pom = directory.resolve("pom.xml");
    return Files.exists(pom) && read(pom).contains("<modules>");
  }

  /** The modules of the root pom, in its order. */
  List<Path> modules() {
    return MODULE
        .matcher(read(root.resolve("pom.xml")))
        .results()
        .map(match -> root.resolve(match.group(1)))
        .toList();
  }

  /** Java sources of all modules, main and test. */
  List<Path> javaFiles() {
    return modules().stream()
        .map(module -> module.resolve("src"))
        .filter(Files::isDirectory)
        .flatMap(source -> files(source).stream())
        .filter(file -> file.toString().endsWith(".java"))
        .toList();
  }

  /** Every file of the tree. */
  List<Path> files() {
    return files(root);
  }

  private List<Path> files(Path start) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(
          start,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes unused) {
              String name = String.valueOf(directory.getFileName());
              boolean hidden = name.startsWith(".") && !name.equals(".ci") && !name.equals(".mvn");
              return !directory.equals(root) && (hidden || SKIPPED.contains(name))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (attributes.isRegularFile()) {
                found.add(file);
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  /** The path as it reads from the root. */
  String name(Path file) {
    return root.relativize(file).toString();
  }

  /** A file's text. */
  static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** A file's lines. */
  static Stream<String> lines(Path file) {
    return read(file).lines();
  }
}
