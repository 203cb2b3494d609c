package io.tollgate.metering.usage;

import io.tollgate.metering.topology.LiveState;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.support.web.Caller;
import io.tollgate.support.web.Caller.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** Which instances a caller may see: an operator all, a platform those it runs. */
@Component
public final class VisibleInstances {

  private final LiveState state;

  VisibleInstances(LiveState state) {
    this.state = state;
  }

  /** What a caller may see; asks once for each instance. Not thread-safe. */
  public Predicate<InstanceId> to(Caller caller) {
    if (caller.is(Role.OPERATOR)) {
      return instance -> true;
    }
    Map<InstanceId, Boolean> asked = new HashMap<>();
    return instance -> asked.computeIfAbsent(instance, each -> isRunBy(caller.subject(), each));
  }

  private boolean isRunBy(String platform, InstanceId instance) {
    Optional<PlatformId> runs = state.platformOf(instance);
    return runs.filter(found -> found.value().equals(platform)).isPresent();
  }
}
