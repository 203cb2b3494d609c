package io.tollgate.metering.topology;

import io.tollgate.metering.event.Identity;
import java.util.Optional;

/** Says what became of events, while that is remembered; for queries of other threads. */
@FunctionalInterface
interface Identities {

  /** What is remembered of an event. */
  Optional<Remembered> remembered(Identity identity);
}
