package io.tollgate.metering.topology;

import io.tollgate.metering.event.UsageEvent;
import io.tollgate.model.event.WireMapper;
import java.time.Instant;

/**
 * A posted event that was not counted when it came, and why.
 *
 * @param source with the id and the instance: its identity
 * @param instance what was used
 * @param id the event's id
 * @param type its CloudEvents type
 * @param time when it was used
 * @param reason a stable word; {@value #DUPLICATE} and {@value #WAITING} are no faults
 * @param platform who posted it
 * @param tick business time of the decision
 */
public record Uncounted(
    String source,
    String instance,
    String id,
    String type,
    Instant time,
    String reason,
    String platform,
    Instant tick) {

  /** It had been posted already, and counts once. */
  public static final String DUPLICATE = "duplicate";

  /** It waits until somebody registers its instance. */
  public static final String WAITING = "waiting";

  static Uncounted of(UsageEvent event, String reason, String platform, Instant tick) {
    return new Uncounted(
        event.source(),
        event.instance(),
        event.id(),
        event.type(),
        event.time(),
        reason,
        platform,
        tick);
  }

  byte[] bytes() {
    return WireMapper.mapper().writeValueAsBytes(this);
  }

  static Uncounted of(byte[] bytes) {
    return WireMapper.mapper().readValue(bytes, Uncounted.class);
  }
}
