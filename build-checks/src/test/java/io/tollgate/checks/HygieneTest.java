package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Small habits that keep the tree readable. */
class HygieneTest {

  private static final int MAX_LINES = 300;
  private static final long MAX_BYTES = 1L << 20;

  /** In two parts, so that this file does not find itself. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  private static final Pattern JACKSON_2 =
      Pattern.compile("(?m)^import (static )?com\\.fasterxml\\.jackson\\.(?!annotation\\.)");

  /** Long lists of imports are no second job. */
  private static final Pattern IMPORT = Pattern.compile("^import ");

  private static final Pattern SLEEP = Pattern.compile("\\bThread\\.sleep\\(");

  private static final Set<String> TEXT =
      Set.of("java", "md", "yml", "yaml", "xml", "sql", "json", "sh", "properties", "js", "html");

  private final SourceTree tree = SourceTree.ofThisProject();

  @Test
  void nothingIsMarkedAsUnfinished() {
    assertThat(textFiles().flatMap(file -> linesWith(file, UNFINISHED)))
        .as("unfinished work: do it, or write a limit down in the docs")
        .isEmpty();
  }

  @Test
  void jacksonTwoIsNotImported() {
    assertThat(names(file -> JACKSON_2.matcher(SourceTree.read(file)).find()))
        .as("imports of Jackson 2; Jackson 3 is tools.jackson (annotations are shared)")
        .isEmpty();
  }

  @Test
  void nothingSleeps() {
    assertThat(tree.javaFiles().stream().flatMap(file -> linesWith(file, SLEEP)))
        .as("await a condition with a limit")
        .isEmpty();
  }

  @Test
  void classesStaySmall() {
    Predicate<Path> large =
        file ->
            SourceTree.lines(file).filter(line -> !IMPORT.matcher(line).find()).count() > MAX_LINES;

    assertThat(names(file -> file.toString().contains("/src/main/") && large.test(file)))
        .as("main classes over %d lines: two jobs", MAX_LINES)
        .isEmpty();
  }

  @Test
  void noLargeFilesAndNoData() {
    List<String> found =
        tree.files().stream()
            .filter(
                file -> !ignored(file) && (size(file) > MAX_BYTES || extension(file).equals("csv")))
            .map(tree::name)
            .toList();

    assertThat(found).as("files over 1 MiB or CSV data: generate them instead").isEmpty();
  }

  private List<String> names(Predicate<Path> predicate) {
    return tree.javaFiles().stream().filter(predicate).map(tree::name).toList();
  }

  private Stream<Path> textFiles() {
    return tree.files().stream().filter(file -> TEXT.contains(extension(file)));
  }

  private Stream<String> linesWith(Path file, Pattern pattern) {
    List<String> lines = SourceTree.lines(file).toList();
    return Stream.iterate(0, i -> i < lines.size(), i -> i + 1)
        .filter(i -> pattern.matcher(lines.get(i)).find())
        .map(i -> tree.name(file) + ":" + (i + 1) + " " + lines.get(i).strip());
  }

  private static boolean ignored(Path file) {
    return extension(file).equals("log");
  }

  private static String extension(Path file) {
    String name = file.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
