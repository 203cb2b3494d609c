package io.tollgate.store.jdbc;

/** A statement changed a different number of rows than expected; a defect or a race. */
public final class UnexpectedRowsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what was expected. */
  public UnexpectedRowsException(String message) {
    super(message);
  }
}
