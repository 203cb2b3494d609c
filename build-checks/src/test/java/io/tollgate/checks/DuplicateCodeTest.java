package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.sourceforge.pmd.cpd.CPDConfiguration;
import net.sourceforge.pmd.cpd.CpdAnalysis;
import net.sourceforge.pmd.cpd.Mark;
import net.sourceforge.pmd.cpd.Match;
import net.sourceforge.pmd.lang.java.JavaLanguageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No 60 tokens are said twice. Comments, imports and package lines do not count. */
class DuplicateCodeTest {

  private static final int TOKENS = 60;

  /**
   * Copies that are meant: two services that share no table each store the contact they know, in
   * statements of their own that bind the same fields of its event.
   */
  private static final Set<Set<String>> MEANT =
      Set.of(Set.of("JdbcContactRepository.java", "JdbcDirectory.java"));

  @Test
  void nothingIsSaidTwice() throws IOException {
    SourceTree tree = SourceTree.ofThisProject();
    List<Copy> copies = copies(tree.javaFiles(), tree.root());

    assertThat(copies)
        .as("copies of %d tokens and more: say it once and call it", TOKENS)
        .allMatch(copy -> MEANT.contains(copy.files()), "is meant");
    assertThat(copies).extracting(Copy::files).as("what is excused is there").containsAll(MEANT);
  }

  @Test
  void aPlantedCopyIsFound(@TempDir Path directory) throws IOException {
    Path first = Files.writeString(directory.resolve("First.java"), classNamed("First"));
    Path second = Files.writeString(directory.resolve("Second.java"), classNamed("Second"));

    assertThat(copies(List.of(first, second), directory))
        .singleElement()
        .extracting(Copy::files)
        .isEqualTo(Set.of("First.java", "Second.java"));
  }

  private static String classNamed(String name) {
    StringBuilder text = new StringBuilder("class " + name + " {\n  int sum(int seed) {\n");
    for (int line = 0; line < 15; line++) {
      text.append("    seed = seed * ").append(line + 3).append(" + sum(seed);\n");
    }
    return text.append("    return seed;\n  }\n}\n").toString();
  }

  /**
   * A copy that was found.
   *
   * @param files the names of the files in which it stands
   * @param description its size and places
   */
  private record Copy(Set<String> files, String description) {
    @Override
    public String toString() {
      return description;
    }
  }

  private static List<Copy> copies(List<Path> files, Path root) throws IOException {
    CPDConfiguration configuration = new CPDConfiguration();
    configuration.setMinimumTileSize(TOKENS);
    configuration.setOnlyRecognizeLanguage(JavaLanguageModule.getInstance());
    List<Copy> found = new ArrayList<>();
    try (CpdAnalysis analysis = CpdAnalysis.create(configuration)) {
      files.forEach(analysis.files()::addFile);
      analysis.performAnalysis(
          report -> report.getMatches().forEach(match -> found.add(copy(match, root))));
    }
    return found;
  }

  private static Copy copy(Match match, Path root) {
    Set<String> files = new TreeSet<>();
    StringBuilder text = new StringBuilder(match.getTokenCount() + " tokens:");
    for (Mark mark : match) {
      Path file = Path.of(mark.getLocation().getFileId().getAbsolutePath());
      files.add(file.getFileName().toString());
      text.append("\n  ")
          .append(root.relativize(file))
          .append(':')
          .append(mark.getLocation().getStartLine());
    }
    return new Copy(files, text.append('\n').toString());
  }
}
