package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.Truth.Count;
import io.tollgate.standalone.DataDirectory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * A short run of {@code tollgate chaos}, the same each time: {@code -Dtollgate.chaos.seed=N} for
 * another.
 */
class ChaosIT {

  private static final long SEED = Long.getLong("tollgate.chaos.seed", 11);

  @Test
  void nothingIsLostDoubledOrDisplacedUnderFaults() {
    ChaosReport report =
        new ChaosRun(
                new DataDirectory(Path.of("target", "chaos")),
                SEED,
                Duration.ofSeconds(40),
                System.out::println)
            .run();

    assertThat(report.verdict().clean()).as(String.join("\n", report.lines())).isTrue();
    assertThat(report.truth().counted(Count.EVENTS_ACKNOWLEDGED)).isPositive();
    assertThat(report.happened()).as("seed %d", SEED).hasSizeGreaterThan(1);
  }
}
