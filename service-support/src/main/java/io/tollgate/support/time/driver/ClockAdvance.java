package io.tollgate.support.time.driver;

import io.tollgate.model.BillingCalendar;
import io.tollgate.support.time.ClockSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one drive of all clocks that may be under way. */
public final class ClockAdvance implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ClockAdvance.class);

  private final ClockSettings settings;
  private final BillingCalendar calendar;
  private volatile Progress progress =
      new Progress(State.IDLE, Optional.empty(), Optional.empty(), Optional.empty());
  private final ExecutorService executor =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("clock-advance").factory());

  /** Drives the peers of the settings. */
  public ClockAdvance(ClockSettings settings, BillingCalendar calendar) {
    this.settings = settings;
    this.calendar = calendar;
  }

  /** Whether a drive is under way and how the last one ended. */
  public enum State {
    IDLE,
    RUNNING,
    DONE,
    FAILED
  }

  /**
   * A drive.
   *
   * @param now where all clocks stand
   * @param target where they are driven to
   * @param laggard which service is awaited, or why the drive failed
   */
  public record Progress(
      State state, Optional<Instant> now, Optional<Instant> target, Optional<String> laggard) {}

  /** The drive under way, or the last one. */
  public Progress progress() {
    return progress;
  }

  /**
   * Begins a drive to an instant, or by a duration from where the clocks stand.
   *
   * @param bearer the operator's token, passed on to the peers
   * @return the drive, or empty when another one is under way
   */
  public synchronized Optional<Progress> begin(
      Optional<Instant> to, Optional<Duration> by, String bearer) {
    if (progress.state() == State.RUNNING) {
      return Optional.empty();
    }
    Progress begun = new Progress(State.RUNNING, progress.now(), to, Optional.empty());
    progress = begun;
    var unused = executor.submit(() -> run(to, by, bearer));
    return Optional.of(begun);
  }

  private void run(Optional<Instant> to, Optional<Duration> by, String bearer) {
    try (ClockDriver driver =
        new ClockDriver(
            settings.peers(),
            calendar,
            settings.maxBlock(),
            settings.settleTimeout(),
            () -> bearer)) {
      Instant start = driver.now();
      Instant target = to.orElseGet(() -> start.plus(by.orElseThrow()));
      driver.drive(
          target,
          step ->
              progress =
                  new Progress(
                      State.RUNNING,
                      Optional.of(step.now()),
                      Optional.of(target),
                      Optional.of(step.waitingFor()).filter(name -> !name.isEmpty())));
      finish(State.DONE, Optional.empty());
    } catch (RuntimeException e) {
      log.error("The clocks were not advanced to the target", e);
      finish(State.FAILED, Optional.ofNullable(e.getMessage()));
    }
  }

  private void finish(State state, Optional<String> laggard) {
    progress = new Progress(state, progress.now(), progress.target(), laggard);
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
