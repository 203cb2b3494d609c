package io.tollgate.support.time.driver;

/** The clocks could not be driven on; says which service stood in the way and with what. */
public final class ClockDriveException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Names the laggard. */
  public ClockDriveException(String message) {
    super(message);
  }
}
