package io.tollgate.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultTableTest {
  private static final Machine MACHINE =
      new Machine(LocalDate.of(2026, 11, 27), 2, "Some CPU", 4_096, "Linux 6", "25");
  private static final List<Measurement> MEASURED =
      List.of(
          Measurement.of("P1", "ingest", "events/s", Rounds.of(90_000, 130_000, 125_000))
              .beside("producer", Rounds.of(400_000, 500_000, 600_000))
              .to(Goal.atLeast(120_000))
              .toRatio(Goal.atLeast(0.5))
              .noting("warm"),
          Measurement.of("P8", "sweep", "s", Rounds.of(12.34)));

  @Test
  void theTableShowsMediansSpreadsRatiosAndGoals() {
    assertThat(ResultTable.lines(MACHINE, MEASURED))
        .containsExactly(
            "2026-11-27, 2 cores (Some CPU), 4,096 MB, Linux 6, JDK 25",
            "",
            "| #   | what                    | unit     | ours    | spread          | limit   |"
                + " spread           | ratio | goal                             | reached |",
            "| --- | ---                     | ---      | ---     | ---             | ---     |"
                + " ---              | ---   | ---                              | ---     |",
            "| P1  | ingest; limit: producer | events/s | 125,000 | 90,000..130,000 | 500,000 |"
                + " 400,000..600,000 | 0.25  | >= 120,000, >= 0.50 of the limit | no      |",
            "| P8  | sweep                   | s        | 12.3    |                 |         |"
                + "                  |       |                                  |         |",
            "",
            "P1: warm");
  }

  @Test
  void theFileHasEveryRound() {
    JsonNode document = JsonMapper.shared().readTree(ResultFile.json(MACHINE, MEASURED));

    assertThat(document.at("/date").asString()).isEqualTo("2026-11-27");
    assertThat(document.at("/measurements")).hasSize(2);
    assertThat(document.at("/measurements/0/rounds/1").asDouble()).isEqualTo(130_000);
    assertThat(document.at("/measurements/0/limitRounds")).hasSize(3);
    assertThat(document.at("/measurements/0/ratio").asDouble()).isEqualTo(0.25);
    assertThat(document.at("/measurements/0/reached").asBoolean(true)).isFalse();
    assertThat(document.at("/measurements/1/limit").isMissingNode()).isTrue();
  }
}
