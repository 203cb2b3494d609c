package io.tollgate.metering.log;

/**
 * Kafka did not accept or return records in time. Some may have been written; sending them again is
 * harmless.
 */
public final class LogUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String ADVICE = "; send it again: events already accepted count once";

  /** What failed. */
  public LogUnavailableException(Throwable cause) {
    super("the log did not accept the request in time" + ADVICE, cause);
  }

  /** The same in words. */
  public LogUnavailableException(String what) {
    super(what + ADVICE);
  }
}
