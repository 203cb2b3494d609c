package io.tollgate.support.time.driver;

import io.tollgate.model.BillingCalendar;
import io.tollgate.support.time.ClockStatus;
import io.tollgate.support.time.driver.ClockPeer.PeerAwayException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Drives the test clocks of all services together, block by block.
 *
 * <p>A block is at most a day, or the shortest delay within which anything reacts, and never
 * crosses a local midnight; the last one ends exactly at the target. In each block every service in
 * turn is awaited where it stands, stepped and awaited again, then all must be seen at rest twice
 * with equal counters: nothing moved between them any more.
 */
public final class ClockDriver implements AutoCloseable {

  private static final Duration LONGEST_BLOCK = Duration.ofHours(24);
  private static final long FIRST_PAUSE_MILLIS = 2;
  private static final long MAX_PAUSE_MILLIS = 100;

  private final HttpClient http;
  private final List<ClockPeer> peers;
  private final BillingCalendar calendar;
  private final Duration block;
  private final Duration settleTimeout;

  /**
   * @param peers base URLs, in the order in which effects flow
   * @param maxBlock the longest block; what exceeds a day is cut to it
   * @param settleTimeout the longest a block may take to settle
   * @param bearer an operator's token with scope clock
   */
  public ClockDriver(
      List<URI> peers,
      BillingCalendar calendar,
      Duration maxBlock,
      Duration settleTimeout,
      Supplier<String> bearer) {
    if (peers.isEmpty() || maxBlock.isNegative() || maxBlock.isZero()) {
      throw new IllegalArgumentException(
          "advancing the clocks requires peers and a positive block");
    }
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.peers = peers.stream().map(base -> new ClockPeer(http, base, bearer)).toList();
    this.calendar = calendar;
    this.block = maxBlock.compareTo(LONGEST_BLOCK) < 0 ? maxBlock : LONGEST_BLOCK;
    this.settleTimeout = settleTimeout;
  }

  /**
   * How far a drive has come.
   *
   * @param now where all clocks stand
   * @param waitingFor the service being awaited, empty when none is
   */
  public record Progress(Instant now, String waitingFor) {}

  /** The earliest of all clocks: where a drive goes on from. */
  public Instant now() {
    Deadline deadline = new Deadline(settleTimeout);
    return peers.stream()
        .map(peer -> status(peer, deadline).now())
        .min(Instant::compareTo)
        .orElseThrow();
  }

  /**
   * Drives all clocks to the target. A target in the past only waits until all are at rest.
   *
   * @throws ClockDriveException when a service does not come to rest in time; names it
   */
  public void drive(Instant target, Consumer<Progress> progress) {
    Instant now = now();
    do {
      Instant next = nextBlockEnd(now, target);
      stepAll(next, now, progress);
      now = next;
      progress.accept(new Progress(now, ""));
    } while (now.isBefore(target));
  }

  /** The end of the block that starts at an instant. */
  Instant nextBlockEnd(Instant now, Instant target) {
    if (!now.isBefore(target)) {
      return now;
    }
    Instant midnight = calendar.dayOf(now).end();
    Instant end = now.plus(block);
    Instant aligned = end.isBefore(midnight) ? end : midnight;
    return aligned.isBefore(target) ? aligned : target;
  }

  private void stepAll(Instant to, Instant from, Consumer<Progress> progress) {
    Deadline deadline = new Deadline(settleTimeout);
    for (ClockPeer peer : peers) {
      progress.accept(new Progress(from, peer.name()));
      // What the services before it did in this block must reach it while its clock still stands
      // at the block's start: it acts at the later of an effect's instant and its own clock.
      Instant stands = awaitSettled(peer, Instant.MIN, deadline).now();
      // One that a drive which was cut short has stepped further waits for the others.
      if (!stands.isAfter(to)) {
        step(peer, to, deadline);
      }
      var unused = awaitSettled(peer, to, deadline);
    }
    List<Map<String, Long>> before = settledCounters(to, deadline);
    List<Map<String, Long>> after = settledCounters(to, deadline);
    while (!before.equals(after)) {
      before = after;
      after = settledCounters(to, deadline);
    }
  }

  private List<Map<String, Long>> settledCounters(Instant at, Deadline deadline) {
    List<Map<String, Long>> counters = new ArrayList<>();
    for (ClockPeer peer : peers) {
      counters.add(awaitSettled(peer, at, deadline).counters());
    }
    return counters;
  }

  private ClockStatus awaitSettled(ClockPeer peer, Instant at, Deadline deadline) {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      ClockStatus status = status(peer, deadline);
      if (status.settled() && !status.now().isBefore(at)) {
        return status;
      }
      deadline.check(peer, status.laggards().toString());
      pause = pause(pause);
    }
  }

  private ClockStatus status(ClockPeer peer, Deadline deadline) {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        return peer.status();
      } catch (PeerAwayException e) {
        deadline.check(peer, String.valueOf(e.getMessage()));
        pause = pause(pause);
      }
    }
  }

  private void step(ClockPeer peer, Instant to, Deadline deadline) {
    long pause = FIRST_PAUSE_MILLIS;
    while (true) {
      try {
        peer.step(to);
        return;
      } catch (PeerAwayException e) {
        deadline.check(peer, String.valueOf(e.getMessage()));
        pause = pause(pause);
      }
    }
  }

  private static long pause(long millis) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    return Math.min(MAX_PAUSE_MILLIS, millis * 2);
  }

  /** Machine time, not business time: how long a block may take. */
  private static final class Deadline {
    private final long startNanos = System.nanoTime();
    private final Duration limit;

    Deadline(Duration limit) {
      this.limit = limit;
    }

    void check(ClockPeer peer, String laggard) {
      if (Thread.currentThread().isInterrupted()) {
        throw new ClockDriveException("interrupted while waiting for " + peer.name());
      }
      if (System.nanoTime() - startNanos > limit.toNanos()) {
        throw new ClockDriveException(
            "%s did not settle within %s: %s".formatted(peer.name(), limit, laggard));
      }
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
