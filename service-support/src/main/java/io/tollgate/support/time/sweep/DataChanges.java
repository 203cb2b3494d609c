package io.tollgate.support.time.sweep;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says that data came in which may make work due at once: a batch of records was handled, or a
 * request that writes was answered.
 *
 * <p>So that sweeps need not look often to look soon. Said after the commit; saying it once too
 * often costs one look, and what is never said is found at the next regular one.
 */
public final class DataChanges {

  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  void listen(Runnable listener) {
    listeners.add(listener);
  }

  /** Something was committed. Returns at once. */
  public void signal() {
    listeners.forEach(Runnable::run);
  }
}
