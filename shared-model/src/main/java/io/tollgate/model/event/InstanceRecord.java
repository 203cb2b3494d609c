package io.tollgate.model.event;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which account pays for an instance, and what it is; on the compacted topic {@code
 * account.instances}, keyed by instance and co-partitioned with {@code usage.events}.
 *
 * @param instance the instance
 * @param account who pays
 * @param product what it is
 * @param platform who runs it
 * @param specification size or flavour, for people
 * @param mode how it is paid
 * @param registeredAt business instant of registration
 * @param endedAt business instant of release or termination; usage from then on is quarantined
 * @param suspensions when it was suspended, the earliest first; those that are over for longer than
 *     usage may be late need not be there
 */
public record InstanceRecord(
    InstanceId instance,
    AccountId account,
    ProductId product,
    PlatformId platform,
    String specification,
    BillingMode mode,
    Instant registeredAt,
    Optional<Instant> endedAt,
    List<Suspension> suspensions) {

  /** The codec of the topic {@code account.instances}. */
  public static final EventCodec<InstanceRecord> CODEC =
      EventCodec.of(Map.of("tollgate.instance.v1", InstanceRecord.class));

  /**
   * A time in which an instance was suspended (C2.3).
   *
   * @param from its first instant
   * @param to the resumption; empty while it lasts
   */
  public record Suspension(Instant from, Optional<Instant> to) {

    public Suspension {
      if (to.filter(end -> end.isBefore(from)).isPresent()) {
        throw new IllegalArgumentException("a suspension does not end before it begins");
      }
    }

    /** Whether it covers an instant. */
    public boolean contains(Instant instant) {
      return !instant.isBefore(from) && to.filter(end -> !instant.isBefore(end)).isEmpty();
    }
  }

  public InstanceRecord {
    suspensions = List.copyOf(suspensions);
  }

  /** Whether the instance was suspended at an instant. */
  public boolean isSuspendedAt(Instant instant) {
    for (Suspension suspension : suspensions) {
      if (suspension.contains(instant)) {
        return true;
      }
    }
    return false;
  }

  /** How an instance is paid. */
  public enum BillingMode {
    PAY_AS_YOU_GO,
    SUBSCRIPTION
  }
}
