package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.sourceforge.pmd.cpd.CPDConfiguration;
import net.sourceforge.pmd.cpd.CpdAnalysis;
import net.sourceforge.pmd.cpd.Mark;
import net.sourceforge.pmd.cpd.Match;
import net.sourceforge.pmd.lang.java.JavaLanguageModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No 100 tokens are said twice. Comments, imports and package lines do not count. */
class DuplicateCodeTest {

  private static final int TOKENS = 100;

  @Test
  void nothingIsSaidTwice() throws IOException {
    SourceTree tree = SourceTree.ofThisProject();

    assertThat(duplicates(tree.javaFiles(), tree.root()))
        .as("copies of %d tokens and more: say it once and call it", TOKENS)
        .isEmpty();
  }

  @Test
  void aPlantedCopyIsFound(@TempDir Path directory) throws IOException {
    Path first = Files.writeString(directory.resolve("First.java"), classNamed("First"));
    Path second = Files.writeString(directory.resolve("Second.java"), classNamed("Second"));

    assertThat(duplicates(List.of(first, second), directory))
        .singleElement()
        .asString()
        .contains("First.java:", "Second.java:");
  }

  private static String classNamed(String name) {
    StringBuilder text = new StringBuilder("class " + name + " {\n  int sum(int seed) {\n");
    for (int line = 0; line < 15; line++) {
      text.append("    seed = seed * ").append(line + 3).append(" + sum(seed);\n");
    }
    return text.append("    return seed;\n  }\n}\n").toString();
  }

  private static List<String> duplicates(List<Path> files, Path root) throws IOException {
    CPDConfiguration configuration = new CPDConfiguration();
    configuration.setMinimumTileSize(TOKENS);
    configuration.setOnlyRecognizeLanguage(JavaLanguageModule.getInstance());
    List<String> found = new ArrayList<>();
    try (CpdAnalysis analysis = CpdAnalysis.create(configuration)) {
      files.forEach(analysis.files()::addFile);
      analysis.performAnalysis(
          report -> report.getMatches().forEach(match -> found.add(describe(match, root))));
    }
    return found;
  }

  private static String describe(Match match, Path root) {
    StringBuilder text = new StringBuilder(match.getTokenCount() + " tokens:");
    for (Mark mark : match) {
      Path file = Path.of(mark.getLocation().getFileId().getAbsolutePath());
      text.append("\n  ")
          .append(root.relativize(file))
          .append(':')
          .append(mark.getLocation().getStartLine());
    }
    return text.append('\n').toString();
  }
}
