package io.tollgate.support.time;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a service keeps its business clock across restarts.
 *
 * <p>Exactly one bean per service: in the database where there is one, else the service's own. Must
 * be durable when a method returns.
 */
public interface ClockStore {

  /** What is stored, or empty on the first start. */
  Optional<ClockState> load();

  /** Stores the first state, unless another instance was faster; then that one stays. */
  void initialise(ClockState state);

  /** Moves a stored test clock forward; an earlier instant than the stored one changes nothing. */
  void advance(Instant to);
}
