package io.tollgate.chaos.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.standalone.DataDirectory;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run of {@code tollgate fuzz}; {@code -Dtollgate.seed=N} for another. */
@Tag("minutes")
class FuzzIT {

  private static final long SEED = Long.getLong("tollgate.seed", 11);
  private static final int REQUESTS = 3_000;
  private static final int RECORDS = 1_000;

  @Test
  void nothingFailsHangsLeaksOrStandsStillAndGoodAccountsAreBilledWhatTheyUsed() {
    FuzzReport report =
        new FuzzRun(new DataDirectory(Path.of("target", "fuzz")), SEED, System.out::println)
            .run(REQUESTS, RECORDS);

    assertThat(report.clean()).as(String.join("\n", report.lines())).isTrue();
    assertThat(report.tally().requests()).isEqualTo(REQUESTS);
    assertThat(report.recordsSent()).isEqualTo(RECORDS);
    assertThat(report.aftermath().reasons()).isNotEmpty();
  }
}
