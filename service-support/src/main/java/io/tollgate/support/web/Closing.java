package io.tollgate.support.web;

import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Says that the service stops, before its server does: streams and requests that wait end by it and
 * do not hold the server up.
 */
public final class Closing implements SmartLifecycle {

  private volatile Sinks.Empty<Void> closing = Sinks.empty();
  private volatile boolean running;

  /** Ends when the service stops. */
  public Mono<Void> signal() {
    return closing.asMono();
  }

  @Override
  public void start() {
    closing = Sinks.empty();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    var unused = closing.tryEmitEmpty();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
