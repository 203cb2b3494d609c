package io.tollgate.account.telling;

import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.outbox.Outbox;
import org.springframework.stereotype.Component;

/** Writes what a transaction tells, in that transaction, under its accounts' locks. */
@Component
public final class Teller {

  private final Outbox outbox;
  private final AuditTrail trail;

  Teller(Outbox outbox, AuditTrail trail) {
    this.outbox = outbox;
    this.trail = trail;
  }

  /** Writes all of it. */
  public void tell(Effects effects) {
    outbox.append(effects.messages());
    effects.lines().forEach(line -> trail.record(line.entry(), line.at()));
  }
}
