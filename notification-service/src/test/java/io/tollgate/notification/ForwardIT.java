package io.tollgate.notification;

import io.tollgate.testing.FirstRelease;
import org.junit.jupiter.api.Test;

/** Rows of the first release stay through every later migration (F20). */
class ForwardIT {

  @Test
  void rowsOfTheFirstReleaseAreThereAfterTheMigrations() {
    FirstRelease.of("notification").migrate();
  }
}
