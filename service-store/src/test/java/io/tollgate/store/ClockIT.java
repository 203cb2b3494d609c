package io.tollgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.model.BillingCalendar;
import io.tollgate.store.testing.Broker;
import io.tollgate.store.testing.TestService;
import io.tollgate.store.testing.TextHandler;
import io.tollgate.support.messaging.TopicSpec;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockService;
import io.tollgate.support.time.SettleCheck;
import io.tollgate.support.time.driver.ClockDriveException;
import io.tollgate.support.time.driver.ClockDriver;
import io.tollgate.support.time.sweep.Sweep;
import io.tollgate.support.web.ProblemException;
import io.tollgate.testing.SharedInfrastructure;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClockIT {

  private static final String START = "2026-02-28T16:00:00Z";

  @TempDir Path directory;
  private final String database = SharedInfrastructure.freshDatabase();

  private TestService.Builder driven(String name, String onDatabase) {
    return TestService.named(name, onDatabase, directory)
        .with("tollgate.clock.mode", "test")
        .with("tollgate.clock.start", START);
  }

  @Test
  void theTestClockNeverGoesBackAndSurvivesARestart() {
    Instant later = Instant.parse("2026-03-01T10:00:00Z");
    try (TestService running = driven("clock", database).start()) {
      ClockService clock = running.get(ClockService.class);
      assertThat(clock.status().now()).isEqualTo(START);
      assertThat(clock.step(later)).isEqualTo(later);
      assertThat(clock.step(later)).isEqualTo(later);
      assertThatThrownBy(() -> clock.step(Instant.parse(START)))
          .isInstanceOf(ProblemException.class)
          .hasMessage(
              "2026-02-28T16:00:00Z is in the past: the clock is at 2026-03-01T10:00:00Z and"
                  + " only moves forward");
    }
    try (TestService running = driven("clock", database).start()) {
      assertThat(running.get(BusinessClock.class).now()).isEqualTo(later);
    }
  }

  @Test
  void aDatabaseKeepsTheModeItBeganWith() {
    driven("clock", database).start().close();
    assertThatThrownBy(() -> TestService.named("clock", database, directory).start().close())
        .rootCause()
        .hasMessageContaining("is SYSTEM, but the stored data was created with a TEST clock");

    String real = SharedInfrastructure.freshDatabase();
    TestService.named("clock", real, directory).start().close();
    assertThatThrownBy(() -> driven("clock", real).start().close())
        .rootCause()
        .hasMessageContaining("is TEST, but the stored data was created with a SYSTEM clock");
  }

  @Test
  void theSystemClockCannotBeStepped() {
    try (TestService running = TestService.named("clock", database, directory).start()) {
      ClockService clock = running.get(ClockService.class);
      assertThatThrownBy(() -> clock.step(Instant.parse("2030-01-01T00:00:00Z")))
          .isInstanceOf(ClockService.NotDrivenException.class);
    }
  }

  /** Items due are done at the instant they are due, and said so to the next service. */
  static final class DueItems implements Sweep {
    private final JdbcClient jdbc;

    DueItems(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public String name() {
      return "due-items";
    }

    @Override
    public int runBatch(Instant upTo) {
      return jdbc.sql(
              """
              update due_item set done_at = due_at
               where due_at = (select min(due_at) from due_item
                                where done_at is null and due_at <= ?)
              """)
          .param(Timestamp.from(upTo))
          .update();
    }

    @Override
    public boolean anythingDue(Instant upTo) {
      return jdbc.sql("select exists(select from due_item where done_at is null and due_at <= ?)")
          .param(Timestamp.from(upTo))
          .query(Boolean.class)
          .single();
    }
  }

  @Test
  void aDriveStepsAllServicesBlockByBlockAndEndsWithNothingLeftToDo() {
    String topic = Broker.freshTopic();
    String other = SharedInfrastructure.freshDatabase();
    try (TestService first = driven("first", database).web().component(DueItems.class).start();
        TestService second =
            driven("second", other)
                .web()
                .bean("topic", TopicSpec.class, TopicSpec.appended(topic))
                .bean("handler", TextHandler.class, new TextHandler(topic))
                .start();
        ClockDriver driver = driver(Duration.ofSeconds(30), first, second)) {
      first
          .jdbc()
          .sql(
              "insert into due_item (due_at) values ('2026-03-01T01:00:00Z'),"
                  + " ('2026-03-02T16:00:00Z'), ('2026-03-03T04:00:00.000001Z')")
          .update();
      Broker.sendInTransaction(topic, 0, "a", "1", "2", "3");
      List<Instant> stops = new ArrayList<>();
      driver.drive(
          Instant.parse("2026-03-03T04:00:00Z"),
          progress -> {
            if (progress.waitingFor().isEmpty()) {
              stops.add(progress.now());
            }
          });

      assertThat(stops)
          .containsExactly(
              Instant.parse("2026-03-01T16:00:00Z"),
              Instant.parse("2026-03-02T16:00:00Z"),
              Instant.parse("2026-03-03T04:00:00Z"));
      assertThat(first.jdbc().sql("select count(done_at) from due_item").query(Long.class).single())
          .isEqualTo(2);
      assertThat(second.seen(topic)).containsExactly("1", "2", "3");
      assertThat(second.get(BusinessClock.class).now()).isEqualTo("2026-03-03T04:00:00Z");
    }
  }

  @Test
  void aServiceThatDoesNotComeToRestIsNamedWithWhatItWaitsFor() {
    SettleCheck never =
        new SettleCheck() {
          @Override
          public String name() {
            return "patience";
          }

          @Override
          public Optional<String> laggard() {
            return Optional.of("3 slices are open");
          }

          @Override
          public long counter() {
            return 0;
          }
        };
    try (TestService running =
            driven("slow", database).web().bean("never", SettleCheck.class, never).start();
        ClockDriver driver = driver(Duration.ofSeconds(2), running)) {
      assertThatThrownBy(() -> driver.drive(Instant.parse("2026-03-01T00:00:00Z"), p -> {}))
          .isInstanceOf(ClockDriveException.class)
          .hasMessageContaining(running.property("local.server.port"))
          .hasMessageContaining("patience")
          .hasMessageContaining("3 slices are open");
    }
  }

  /** A drive that was cut short leaves one service further than the others. */
  @Test
  void aServiceThatStandsLaterAlreadyWaitsForTheOthers() {
    Instant later = Instant.parse("2026-03-01T10:00:00Z");
    try (TestService first = driven("first", database).web().start();
        TestService second = driven("second", SharedInfrastructure.freshDatabase()).web().start();
        ClockDriver driver = driver(Duration.ofSeconds(30), first, second)) {
      assertThat(first.get(ClockService.class).step(later)).isEqualTo(later);
      driver.drive(Instant.parse("2026-03-01T09:00:00Z"), progress -> {});
      assertThat(first.get(BusinessClock.class).now()).isEqualTo(later);
      assertThat(second.get(BusinessClock.class).now()).isEqualTo("2026-03-01T09:00:00Z");
    }
  }

  private static ClockDriver driver(Duration limit, TestService... services) {
    return new ClockDriver(
        List.of(services).stream().map(ClockIT::base).toList(),
        BillingCalendar.SHANGHAI,
        Duration.ofHours(24),
        limit,
        () -> "none");
  }

  private static URI base(TestService service) {
    return URI.create("http://127.0.0.1:" + service.property("local.server.port"));
  }
}
