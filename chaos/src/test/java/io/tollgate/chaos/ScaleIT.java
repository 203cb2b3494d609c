package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.DataDirectory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shortest run of {@code tollgate scale}, which still waits until the broker notices four dead
 * instances; {@code -Dtollgate.seed=N} for another order.
 */
@Tag("minutes")
class ScaleIT {

  private static final long SEED = Long.getLong("tollgate.seed", 11);
  private static final int RATE = 500;
  private static final int ACCOUNTS = 20;

  @Test
  void twoInstancesShareTheWorkAndReplaceEachOther() {
    ScaleReport report =
        new ScaleRun(
                new DataDirectory(Path.of("target", "scale")),
                SEED,
                RATE,
                ACCOUNTS,
                System.out::println)
            .run(Duration.ZERO);

    assertThat(report.clean()).as(String.join("\n", report.lines())).isTrue();
  }
}
