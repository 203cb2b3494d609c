package io.tollgate.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Requests over a few connections at once. */
final class InParallel {
  private static final int CONNECTIONS = 8;

  private InParallel() {}

  /** Does work for the numbers from 0; returns when all is done, fails when any failed. */
  static void run(int count, IntConsumer work) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> done = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        int number = i;
        done.add(threads.submit(() -> work.accept(number)));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
  }
}
