package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import java.util.OptionalLong;

/** Says where events were accepted, while that is remembered; for queries of other threads. */
@FunctionalInterface
interface Positions {

  /** The position of the event of an identity. */
  OptionalLong positionOf(Identity identity);
}
