package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;

/** Every figure is measured once with hardly any load: that it works, not how fast. */
@Tag("minutes")
class BenchIT {

  @Test
  void allFiguresAreMeasuredAndEveryAuditIsGreen(@TempDir Path directory) throws Exception {
    Path json = directory.resolve("bench.json");
    StringWriter said = new StringWriter();

    int code =
        new CommandLine(new BenchCommand())
            .setOut(new PrintWriter(said, true))
            .execute(
                "--small",
                "--json",
                json.toString(),
                "--data-dir",
                Path.of("target", "bench").toString());

    assertThat(code).as(said.toString()).isZero();
    List<String> figures = new ArrayList<>();
    JsonMapper.shared()
        .readTree(Files.readString(json))
        .path("measurements")
        .forEach(each -> figures.add(each.path("figure").asString()));
    assertThat(figures)
        .contains("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11");
    assertThat(said.toString()).contains("audit: green").doesNotContain("audit: RED");
  }
}
