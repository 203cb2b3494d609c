package io.tollgate.bench;

import io.tollgate.standalone.Api;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Sends again what was shed: a batch that failed may be resent whole, that is harmless. */
final class Retry {
  private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();
  private static final int TRIES = 600;

  private Retry() {}

  static void untilTaken(Supplier<Api.Answer> request) {
    Api.Answer answer = request.get();
    for (int tries = 1; !answer.ok(); tries++) {
      boolean shed = answer.status() == 429 || answer.status() == 503 || answer.status() == 0;
      if (!shed || tries == TRIES) {
        throw new IllegalStateException("ingest answers " + answer.inWords());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = request.get();
    }
  }
}
