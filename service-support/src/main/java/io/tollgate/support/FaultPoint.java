package io.tollgate.support;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Named points at which a fault test can kill the process (F1, F16). They are all listed here so
 * that a test can iterate over them.
 *
 * <p>Does nothing unless the system property {@code tollgate.fault.point} or the environment
 * variable {@code TOLLGATE_FAULT_POINT} names the point as {@code name} or {@code name:n} (the n-th
 * time it is reached). The process then halts immediately with status 137, as after a kill -9.
 */
public enum FaultPoint {
  /** The broker has posted events, the platform has no answer yet. */
  METERING_AFTER_APPEND("metering.after-append"),

  /** An event is counted and remembered, nothing is committed. */
  METERING_AFTER_DEDUP("metering.after-dedup"),

  /** Revisions of a tick are sent, its markers are not. */
  METERING_BEFORE_MARKERS("metering.before-markers"),

  /** Money is booked, what is told of it is not yet in the outbox, nothing is committed. */
  LEDGER_AFTER_ENTRIES("ledger.after-entries"),

  /** A batch is handled and not yet committed. */
  CONSUMER_BEFORE_COMMIT("consumer.before-commit"),

  /** A batch is committed in the database and not yet in Kafka. */
  CONSUMER_AFTER_COMMIT("consumer.after-commit"),

  /** Outbox rows are committed in Kafka and not yet deleted. */
  OUTBOX_AFTER_SEND_BEFORE_MARK("outbox.after-send-before-mark"),

  /** A request that bears an Idempotency-Key took effect, nobody has its answer yet. */
  HTTP_AFTER_COMMIT("http.after-commit"),

  /** An e-mail is claimed and not yet sent. */
  EMAIL_AFTER_CLAIM("email.after-claim"),

  /** An e-mail is sent and its outcome not yet kept. */
  EMAIL_AFTER_SEND("email.after-send");

  /** The system property that names the point to die at. */
  public static final String PROPERTY = "tollgate.fault.point";

  private static final int KILLED = 137;

  /** Read once: some points are reached for every event. */
  private static final @Nullable String WANTED = wanted();

  private final String label;
  private final AtomicLong reached = new AtomicLong();

  FaultPoint(String label) {
    this.label = label;
  }

  /** Its name in the property. */
  public String label() {
    return label;
  }

  /** The property's value that kills at the n-th time this point is reached. */
  public String at(int n) {
    return label + ":" + n;
  }

  /** Halts the process if this point is the one asked for. */
  public void reach() {
    if (WANTED == null || !WANTED.startsWith(label)) {
      return;
    }
    String rest = WANTED.substring(label.length());
    long count = rest.isEmpty() ? 1 : rest.startsWith(":") ? Long.parseLong(rest.substring(1)) : 0;
    if (count > 0 && reached.incrementAndGet() == count) {
      Runtime.getRuntime().halt(KILLED);
    }
  }

  private static @Nullable String wanted() {
    String property = System.getProperty(PROPERTY);
    return property != null ? property : System.getenv("TOLLGATE_FAULT_POINT");
  }
}
