package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import java.util.Optional;

/** Looks up the fate of events while they are remembered; for queries from other threads. */
@FunctionalInterface
interface Identities {

  /** What is remembered of an event. */
  Optional<Remembered> remembered(Identity identity);
}
