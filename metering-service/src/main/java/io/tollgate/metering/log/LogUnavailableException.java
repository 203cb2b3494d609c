package io.tollgate.metering.log;

/**
 * Kafka did not accept records in time. Some may have been written; sending them again is harmless.
 */
public final class LogUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LogUnavailableException(Throwable cause) {
    super(
        "the log did not accept the request in time; send it again: events already accepted count"
            + " once",
        cause);
  }
}
