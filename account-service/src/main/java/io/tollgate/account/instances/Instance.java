package io.tollgate.account.instances;

import io.tollgate.account.lifecycle.InstanceKey;
import io.tollgate.account.lifecycle.Status;
import io.tollgate.model.PlatformId;
import io.tollgate.model.event.InstanceRecord;
import io.tollgate.model.event.InstanceRecord.BillingMode;
import io.tollgate.model.event.InstanceRecord.Suspension;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A service instance as it is stored.
 *
 * @param key account, instance and product
 * @param platform who runs it
 * @param specification size or flavour, for people
 * @param mode how it is paid
 * @param registeredAt since when it is known
 * @param endedAt when metering stopped
 * @param version grows with each change
 * @param status where it is in its lifecycle
 */
public record Instance(
    InstanceKey key,
    PlatformId platform,
    String specification,
    BillingMode mode,
    Instant registeredAt,
    Optional<Instant> endedAt,
    long version,
    Status status) {

  /** The same instance after a change at an instant. */
  Instance next(Status changed, Instant at) {
    boolean ended = changed.termination().isPresent() || isLeaving(changed);
    return new Instance(
        key,
        platform,
        specification,
        mode,
        registeredAt,
        ended ? endedAt.or(() -> Optional.of(at)) : endedAt,
        version + 1,
        changed);
  }

  private static boolean isLeaving(Status status) {
    return switch (status.state()) {
      case ACTIVE, IN_ARREARS, SUSPENDED -> false;
      case RELEASING, RELEASED -> true;
    };
  }

  /**
   * What metering and billing are told of it.
   *
   * @param suspensions that usage may still fall into
   */
  InstanceRecord record(List<Suspension> suspensions) {
    return new InstanceRecord(
        key.instance(),
        key.account(),
        key.product(),
        platform,
        specification,
        mode,
        registeredAt,
        endedAt,
        suspensions);
  }
}
