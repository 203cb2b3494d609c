package io.tollgate.e2e;

import io.tollgate.e2e.testing.Cloud;
import io.tollgate.e2e.testing.Deployment;
import io.tollgate.standalone.Service;
import io.tollgate.testing.User;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Posts usage without end and keeps its own account of what was acknowledged. What was not is sent
 * again under the same ids until it is.
 */
final class Loader implements AutoCloseable {

  private static final int BATCH = 20;
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final Deployment deployment;
  private final Cloud cloud;
  private final List<String> accounts;
  private final Instant from;
  private final Map<String, BigDecimal> acknowledged = new ConcurrentHashMap<>();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong resent = new AtomicLong();
  private final Thread thread = new Thread(this::run, "loader");
  private volatile boolean stopped;

  /**
   * @param from the first event's instant; each further one is a millisecond later
   */
  Loader(Deployment deployment, Cloud cloud, List<String> accounts, Instant from) {
    this.deployment = deployment;
    this.cloud = cloud;
    this.accounts = List.copyOf(accounts);
    this.from = from;
  }

  void start() {
    thread.start();
  }

  private void run() {
    long next = 0;
    while (!stopped) {
      List<String> batch = new ArrayList<>();
      for (long number = next; number < next + BATCH; number++) {
        batch.add(
            cloud.event(
                account(number),
                "units",
                "load-" + number,
                from.plusMillis(number),
                value(number)));
      }
      String body = "[" + String.join(",", batch) + "]";
      while (!accepted(body)) {
        resent.incrementAndGet();
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      for (long number = next; number < next + BATCH; number++) {
        acknowledged.merge(account(number), new BigDecimal(value(number)), BigDecimal::add);
      }
      next += BATCH;
      events.set(next);
    }
  }

  private String account(long number) {
    return accounts.get(Math.floorMod(number, accounts.size()));
  }

  private static String value(long number) {
    return Long.toString(1 + number % 3);
  }

  private boolean accepted(String body) {
    try {
      User.Answer answer =
          deployment.platform(Service.METERING, Cloud.PLATFORM).post("/api/v1/events", body);
      if (answer.body().toString().contains("\"refused\"")) {
        throw new IllegalStateException("events were refused: " + answer);
      }
      return answer.status() >= 200 && answer.status() < 300;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** How many events were acknowledged. */
  long events() {
    if (!thread.isAlive() && !stopped) {
      throw new IllegalStateException("the loader ended");
    }
    return events.get();
  }

  /** How many batches had to be sent again. */
  long resent() {
    return resent.get();
  }

  /** What an account used, as far as it was acknowledged. */
  BigDecimal used(String account) {
    return acknowledged.getOrDefault(account, BigDecimal.ZERO);
  }

  @Override
  public void close() {
    stop();
  }

  /** Ends with the batch that is under way; needs a process that answers. */
  void stop() {
    stopped = true;
    try {
      thread.join(Duration.ofMinutes(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
