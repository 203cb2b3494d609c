package io.tollgate.account.effects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.account.lifecycle.Transitions;
import io.tollgate.model.event.AccountEvent.InstanceState;
import io.tollgate.model.event.AccountEvent.InstanceStateChanged;
import io.tollgate.store.jdbc.AfterCommit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Counts the changes of state of service instances. */
@Component
final class TransitionMeters {

  private final Map<Transition, Counter> counters = new HashMap<>();

  private record Transition(InstanceState from, InstanceState to) {}

  TransitionMeters(MeterRegistry meters) {
    for (InstanceState from : InstanceState.values()) {
      for (InstanceState to : InstanceState.values()) {
        if (Transitions.allowed(from, to)) {
          counters.put(
              new Transition(from, to),
              Counter.builder("tollgate_instance_transitions")
                  .description("Changes of state of service instances")
                  .tag("from", from.name())
                  .tag("to", to.name())
                  .register(meters));
        }
      }
    }
  }

  /** Counts them once the running transaction has committed. */
  void moved(List<InstanceStateChanged> moves) {
    if (!moves.isEmpty()) {
      AfterCommit.run(() -> moves.forEach(this::count));
    }
  }

  private void count(InstanceStateChanged move) {
    Counter counter = counters.get(new Transition(move.from(), move.to()));
    if (counter != null) {
      counter.increment();
    }
  }
}
