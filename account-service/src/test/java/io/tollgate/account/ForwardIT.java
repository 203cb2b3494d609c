package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.testing.FirstRelease;
import org.junit.jupiter.api.Test;

/**
 * Rows of the first release stay through every later migration (F20): of this service's tables, and
 * of those that every service has.
 */
class ForwardIT {

  @Test
  void rowsOfTheFirstReleaseAreThereAfterTheMigrations() {
    FirstRelease release = FirstRelease.of("account");
    assertThat(release.counts()).doesNotContainValue(0L);
    release.migrate();
  }
}
