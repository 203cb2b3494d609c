package io.tollgate.metering.meter;

/** A version of a meter is in the log, and this instance has not read it back in time. */
public final class MeterNotInUseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MeterNotInUseException() {
    super("the meter is published but not yet in use");
  }
}
