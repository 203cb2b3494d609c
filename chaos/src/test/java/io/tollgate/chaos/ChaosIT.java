package io.tollgate.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.chaos.Truth.Count;
import io.tollgate.standalone.DataDirectory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A short run of {@code tollgate chaos}: some faults, at least one of each kind, to the broker, the
 * database and services that the seed chooses; {@code -Dtollgate.seed=N} for others.
 */
@Tag("minutes")
class ChaosIT {

  private static final long SEED = Long.getLong("tollgate.seed", 11);
  private static final int ACCOUNTS = 30;
  private static final List<Fault> FAULTS =
      List.of(
          Fault.KILL_SERVICE,
          Fault.PAUSE_SERVICE,
          Fault.PAUSE_BROKER,
          Fault.KILL_BROKER,
          Fault.CUT_DATABASE,
          Fault.RESTART_DATABASE);

  @Test
  void whatWasAcknowledgedIsBilledInItsHourAndNothingElseUnderFaults() {
    ChaosReport report =
        new ChaosRun(
                new DataDirectory(Path.of("target", "chaos")), SEED, ACCOUNTS, System.out::println)
            .run(FAULTS);

    assertThat(report.clean()).as(String.join("\n", report.lines())).isTrue();
    assertThat(report.happened()).hasSameSizeAs(FAULTS);
    assertThat(report.truth().counted(Count.EVENTS_ACKNOWLEDGED)).isGreaterThan(500);
    assertThat(report.hours()).isPositive();
  }
}
