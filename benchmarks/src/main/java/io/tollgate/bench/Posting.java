package io.tollgate.bench;

import io.tollgate.client.Retry;
import io.tollgate.standalone.InParallel;
import java.time.Duration;

/** Posts a sample's events over HTTP, in batches over a few connections. */
final class Posting {
  private static final int BATCH = 1_000;

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private Posting() {}

  /** Events {@code from} to {@code to}, the last excluded; returns when all are acknowledged. */
  static void post(RunningSystem system, Sample sample, int from, int to) throws Exception {
    InParallel.run(
        (to - from + BATCH - 1) / BATCH,
        batch -> {
          int first = from + batch * BATCH;
          postBatch(system, sample, first, Math.min(to, first + BATCH));
        });
  }

  /** The same as one batch. */
  static void postBatch(RunningSystem system, Sample sample, int from, int to) {
    byte[] body = sample.batch(from, to);
    // A batch that failed may be sent again as a whole, that is harmless.
    var unused = Retry.within(LIMIT).answer(() -> system.api().postBatch(body)).orFail();
  }
}
