package io.tollgate.support;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Named places at which a fault test can kill the process (F1, F16).
 *
 * <p>Does nothing unless the system property {@code tollgate.fault.point} or the environment
 * variable {@code TOLLGATE_FAULT_POINT} names the point as {@code name} or {@code name:n} (the n-th
 * time it is reached). Then the process halts at once with status 137, as after a kill -9.
 */
public final class FaultPoint {

  /** A batch is handled and not yet committed. */
  public static final String CONSUMER_BEFORE_COMMIT = "consumer.before-commit";

  /** A batch is committed in the database and not yet in Kafka. */
  public static final String CONSUMER_AFTER_COMMIT = "consumer.after-commit";

  /** Outbox rows are committed in Kafka and not yet deleted. */
  public static final String OUTBOX_AFTER_SEND_BEFORE_MARK = "outbox.after-send-before-mark";

  private static final String PROPERTY = "tollgate.fault.point";
  private static final int KILLED = 137;
  private static final ConcurrentHashMap<String, AtomicLong> REACHED = new ConcurrentHashMap<>();

  private FaultPoint() {}

  /** Halts the process if this point is the one asked for. */
  public static void reach(String name) {
    String wanted = wanted();
    if (wanted == null || !wanted.startsWith(name)) {
      return;
    }
    String rest = wanted.substring(name.length());
    long count = rest.isEmpty() ? 1 : rest.startsWith(":") ? Long.parseLong(rest.substring(1)) : 0;
    if (count > 0
        && REACHED.computeIfAbsent(name, key -> new AtomicLong()).incrementAndGet() == count) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static @Nullable String wanted() {
    String property = System.getProperty(PROPERTY);
    return property != null ? property : System.getenv("TOLLGATE_FAULT_POINT");
  }
}
