package io.tollgate.metering.meter;

import io.tollgate.model.MeterKey;

/**
 * The log holds a version of a meter that this release cannot read, such as one that a later
 * release has written: nobody can say what follows it.
 */
public final class MeterUnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MeterUnreadableException(MeterKey meter) {
    super("a version of meter " + meter + " cannot be read, so none can follow it");
  }
}
