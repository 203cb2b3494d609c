package io.tollgate.notification.notice;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.audittrail.AuditEntry;
import io.tollgate.support.audittrail.AuditTrail;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Opens the gates of notices that everybody concerned has, once their days have run (section 14).
 */
@Component
@Order(2)
class MaturitySweep implements Sweep {

  private static final int SLICE = 100;

  private final JdbcGateRepository gates;
  private final NoticeAnnouncer announcer;
  private final Transactions transactions;
  private final BillingCalendar calendar;
  private final AuditTrail trail;
  private final ServiceIdentity identity;

  MaturitySweep(
      JdbcGateRepository gates,
      NoticeAnnouncer announcer,
      Transactions transactions,
      BillingCalendar calendar,
      AuditTrail trail,
      ServiceIdentity identity) {
    this.gates = gates;
    this.announcer = announcer;
    this.transactions = transactions;
    this.calendar = calendar;
    this.trail = trail;
    this.identity = identity;
  }

  @Override
  public String name() {
    return "notice-maturity";
  }

  @Override
  public int runBatch(Instant upTo) {
    return transactions.run(
        () -> {
          List<JdbcGateRepository.Reached> reached = gates.lockReached(SLICE);
          reached.forEach(this::timeOpening);
          List<JdbcGateRepository.DueGate> due = gates.lockDue(upTo, SLICE);
          due.forEach(this::mature);
          return reached.size() + due.size();
        });
  }

  private void timeOpening(JdbcGateRepository.Reached reached) {
    gates.opensAt(
        reached.notice(), LeadRule.gateOpens(reached.lastDelivery(), reached.leadDays(), calendar));
  }

  private void mature(JdbcGateRepository.DueGate gate) {
    Instant effectAt = LeadRule.effect(gate.askedEffectAt(), gate.opensAt());
    gates.mature(gate.notice(), effectAt, gate.opensAt());
    announcer.announce(
        new NoticeEvent.NoticeMatured(
            gate.notice(), gate.action(), effectAt, gate.opensAt(), gate.rule()));
    trail.record(
        AuditEntry.of(
            identity.source(),
            Optional.empty(),
            "notice",
            gate.notice().value(),
            "matured: " + gate.action().description() + " from " + effectAt,
            gate.rule().value(),
            "delivered to everybody concerned and its days have run"),
        gate.opensAt());
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return gates.anyToOpen(upTo);
  }
}
