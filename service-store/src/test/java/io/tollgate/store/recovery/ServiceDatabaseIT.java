package io.tollgate.store.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.store.testing.Stopped;
import io.tollgate.testing.SharedInfrastructure;
import org.junit.jupiter.api.Test;

/** Whose the database of a stopped service is. */
class ServiceDatabaseIT {

  private static final int TIMES = 50;

  private final String database = SharedInfrastructure.freshDatabase();

  private ServiceDatabase open() {
    return Stopped.reader("reader", database);
  }

  /** The lock outlived its connection by a moment: a recovery met the one before it. */
  @Test
  void aClosedDatabaseCanBeOpenedAgainAtOnce() {
    for (int i = 0; i < TIMES; i++) {
      open().close();
    }
  }

  @Test
  void anOpenDatabaseCannotBeOpenedAgain() {
    try (ServiceDatabase first = open()) {
      assertThatThrownBy(() -> open().close()).hasMessageContaining("stop all services first");
      assertThat(first.service()).isEqualTo("reader");
    }
  }
}
