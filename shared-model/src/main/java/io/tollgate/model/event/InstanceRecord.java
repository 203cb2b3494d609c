package io.tollgate.model.event;

import io.tollgate.model.AccountId;
import io.tollgate.model.InstanceId;
import io.tollgate.model.PlatformId;
import io.tollgate.model.ProductId;
import java.time.Instant;
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
 */
public record InstanceRecord(
    InstanceId instance,
    AccountId account,
    ProductId product,
    PlatformId platform,
    String specification,
    BillingMode mode,
    Instant registeredAt,
    Optional<Instant> endedAt) {

  /** The codec of the topic {@code account.instances}. */
  public static final EventCodec<InstanceRecord> CODEC =
      EventCodec.of(Map.of("tollgate.instance.v1", InstanceRecord.class));

  /** How an instance is paid. */
  public enum BillingMode {
    PAY_AS_YOU_GO,
    SUBSCRIPTION
  }
}
