package io.tollgate.support.web;

import java.util.concurrent.Callable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Runs what may wait for the database beside the event loop, each call on a virtual thread of its
 * own.
 *
 * <p>A call that has begun ends: whoever asked for it may be gone by then, because a client hung up
 * or a stream came to its end. The framework's own schedulers would interrupt it, and an interrupt
 * closes the socket that a virtual thread reads from: the database connection would be lost.
 */
public final class Blocking {

  private static final Scheduler THREADS =
      Schedulers.fromExecutor(task -> Thread.ofVirtual().name("blocking-call").start(task));

  private Blocking() {}

  /** The result of a call, which begins with the subscription and is never interrupted. */
  public static <T> Mono<T> call(Callable<T> work) {
    return Mono.fromCallable(work).subscribeOn(THREADS);
  }
}
