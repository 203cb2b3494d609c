package io.tollgate.model.event;

import io.tollgate.model.Granularity;
import java.time.Instant;
import java.util.Map;

/**
 * Records that metering publishes on {@code usage.hourly} and {@code usage.daily}, keyed by
 * account.
 */
public sealed interface UsageRecord permits UsageRevision, WindowsClosed {

  /** The codec of both topics. */
  EventCodec<UsageRecord> CODEC =
      EventCodec.of(
          Map.of(
              "tollgate.usage.revision.v1", UsageRevision.class,
              "tollgate.usage.closed.v1", WindowsClosed.class));

  /** Deployment generation of topics and state; another generation counts from the start. */
  String generation();

  /** The partition of {@code usage.events} it was aggregated from. */
  int partition();

  /** Width of the windows it speaks of. */
  Granularity granularity();

  /** The tick (business instant) at which metering said so. */
  Instant tick();
}
