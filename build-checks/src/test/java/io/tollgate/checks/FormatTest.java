package io.tollgate.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Main;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All Java reads as google-java-format writes it; {@code .ci/format} applies it. */
class FormatTest {

  @Test
  void everythingIsFormatted() throws Exception {
    SourceTree tree = SourceTree.ofThisProject();

    List<String> unformatted = unformatted(tree.javaFiles()).stream().map(tree::name).toList();

    assertThat(unformatted).as("files to be formatted: run .ci/format").isEmpty();
  }

  @Test
  void aBadlyFormattedFileIsFound(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("Bad.java"), "class Bad{int x ;}\n");

    assertThat(unformatted(List.of(file))).containsExactly(file);
  }

  private static List<Path> unformatted(List<Path> files) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--dry-run"));
    files.forEach(file -> arguments.add(file.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = format(arguments, out, err);

    assertThat(code).as("google-java-format said: %s", err).isZero();
    return out.toString().lines().map(Path::of).toList();
  }

  private static int format(List<String> arguments, StringWriter out, StringWriter err)
      throws Exception {
    try (PrintWriter toOut = new PrintWriter(out);
        PrintWriter toErr = new PrintWriter(err)) {
      return new Main(toOut, toErr, InputStream.nullInputStream())
          .format(arguments.toArray(String[]::new));
    }
  }
}
