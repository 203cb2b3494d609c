package io.tollgate.account.effects;

import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.outbox.Outbox;
import org.springframework.stereotype.Component;

/** Writes the effects of a transaction within it, under the locks of its accounts. */
@Component
public final class EffectWriter {

  private final Outbox outbox;
  private final AuditTrail trail;
  private final TransitionMeters meters;

  EffectWriter(Outbox outbox, AuditTrail trail, TransitionMeters meters) {
    this.outbox = outbox;
    this.trail = trail;
    this.meters = meters;
  }

  /** Writes events and topic states to the outbox, and entries to the audit trail. */
  public void write(Effects effects) {
    outbox.append(effects.messages());
    effects.lines().forEach(line -> trail.record(line.entry(), line.at()));
    meters.moved(effects.moves());
  }
}
