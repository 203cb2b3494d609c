package io.tollgate.account.lifecycle;

import static io.tollgate.model.event.AccountEvent.InstanceState.ACTIVE;
import static io.tollgate.model.event.AccountEvent.InstanceState.IN_ARREARS;
import static io.tollgate.model.event.AccountEvent.InstanceState.RELEASED;
import static io.tollgate.model.event.AccountEvent.InstanceState.RELEASING;
import static io.tollgate.model.event.AccountEvent.InstanceState.SUSPENDED;

import io.tollgate.model.event.AccountEvent.InstanceState;
import java.util.Map;
import java.util.Set;

/** The one table of allowed transitions. A constraint of the database has the same pairs. */
public final class Transitions {

  private static final Map<InstanceState, Set<InstanceState>> ALLOWED =
      Map.of(
          ACTIVE, Set.of(IN_ARREARS, SUSPENDED, RELEASING),
          IN_ARREARS, Set.of(ACTIVE, SUSPENDED, RELEASING),
          SUSPENDED, Set.of(ACTIVE, IN_ARREARS, RELEASING),
          RELEASING, Set.of(RELEASED),
          RELEASED, Set.of());

  private Transitions() {}

  /** Whether an instance may go from one state to the other. */
  public static boolean allowed(InstanceState from, InstanceState to) {
    return ALLOWED.getOrDefault(from, Set.of()).contains(to);
  }
}
