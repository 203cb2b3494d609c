package io.tollgate.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.testing.FirstRelease;
import java.util.Map;
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
    release.migrate(Map.of("webhook", "webhook_endpoint"));
    assertThat(release.texts("select owner || ' ' || url from webhook_endpoint"))
        .containsExactly("platform-1 https://platform-1.example/commands");
  }
}
