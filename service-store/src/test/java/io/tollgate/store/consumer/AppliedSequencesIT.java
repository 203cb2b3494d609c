package io.tollgate.store.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.model.event.EventEnvelope;
import io.tollgate.store.jdbc.Failures;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.testing.Counted;
import io.tollgate.store.testing.TestService;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

class AppliedSequencesIT {
  private static final String TOPIC = "counted";

  @TempDir Path directory;

  @Test
  void ofTwoThatApplyTheSameNumberAtOnceOneLoses() {
    try (TestService running =
        TestService.named("applied", SharedInfrastructure.freshDatabase(), directory).start()) {
      assertThat(loser(running, 1)).isInstanceOf(OptimisticLockingFailureException.class);
      assertThat(loser(running, 2)).isInstanceOf(OptimisticLockingFailureException.class);
      assertThat(Failures.ofInfrastructure(loser(running, 3))).isTrue();
      assertThat(apply(running, 3)).isEmpty();
      assertThat(apply(running, 4)).hasSize(1);
    }
  }

  /** What one is told that reads before the other commits, and writes after. */
  private static Throwable loser(TestService running, int number) {
    CompletableFuture<List<?>> other = new CompletableFuture<>();
    running
        .get(Transactions.class)
        .execute(
            () -> {
              assertThat(apply(running, number)).hasSize(1);
              other.completeAsync(() -> apply(running, number));
              await().atMost(Duration.ofSeconds(30)).until(() -> anyWaits(running));
            });
    return other.handle((applied, failure) -> failure.getCause()).join();
  }

  private static boolean anyWaits(TestService running) {
    return running
        .get(JdbcClient.class)
        .sql(
            "select exists(select from pg_stat_activity"
                + " where datname = current_database() and wait_event_type = 'Lock')")
        .query(Boolean.class)
        .single();
  }

  private static List<?> apply(TestService running, int number) {
    Instant at = Instant.parse("2026-03-01T00:00:00Z");
    Counted counted = new Counted(number);
    EventEnvelope<Counted> event =
        new EventEnvelope<>(
            "a-" + number,
            "test",
            Counted.CODEC.typeOf(counted),
            "a",
            at,
            1,
            number,
            Optional.empty(),
            counted);
    Received<EventEnvelope<Counted>> received =
        new Received<>(TOPIC, 0, number, at, Optional.of("a"), event);
    return running
        .get(Transactions.class)
        .run(() -> running.get(AppliedSequences.class).unapplied(TOPIC, List.of(received)));
  }
}
