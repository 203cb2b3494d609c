package io.tollgate.notification;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.testing.FirstRelease;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of the first release stay through every later migration (F20). */
class ForwardIT {

  @Test
  void rowsOfTheFirstReleaseAreThereAfterTheMigrations() {
    FirstRelease release = FirstRelease.of("notification");
    assertThat(release.emptyTables()).isEmpty();
    Map<String, Long> before = release.counts();

    release.migrate();

    assertThat(release.counts()).containsAllEntriesOf(before);
  }
}
