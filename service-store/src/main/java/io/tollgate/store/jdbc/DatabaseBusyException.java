package io.tollgate.store.jdbc;

/**
 * A request has waited too long for a lock: the client should retry later (503 with Retry-After).
 * Nothing was changed.
 */
public final class DatabaseBusyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A refused wait and its cause. */
  public DatabaseBusyException(String message, Throwable cause) {
    super(message, cause);
  }
}
