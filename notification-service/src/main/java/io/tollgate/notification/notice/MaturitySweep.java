package io.tollgate.notification.notice;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.NoticeId;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedWork;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.sweep.Sweep;
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

  static final String NAME = "notice-maturity";
  private static final int SLICE = 100;

  private final JdbcGateRepository gates;
  private final NoticeAnnouncer announcer;
  private final Transactions transactions;
  private final BillingCalendar calendar;
  private final AuditTrail trail;
  private final ServiceIdentity identity;
  private final Isolation isolation;

  MaturitySweep(
      JdbcGateRepository gates,
      NoticeAnnouncer announcer,
      Transactions transactions,
      BillingCalendar calendar,
      AuditTrail trail,
      ServiceIdentity identity,
      Isolation isolation) {
    this.gates = gates;
    this.announcer = announcer;
    this.transactions = transactions;
    this.calendar = calendar;
    this.trail = trail;
    this.identity = identity;
    this.isolation = isolation;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int runBatch(Instant upTo) {
    return isolation.run(new Opening(upTo));
  }

  /** Opening the gates of notices. */
  private final class Opening implements IsolatedWork<NoticeId> {
    private final Instant upTo;

    Opening(Instant upTo) {
      this.upTo = upTo;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public List<NoticeId> due(Selection selection) {
      return gates.toOpen(upTo, SLICE, selection);
    }

    @Override
    public Subject subjectOf(NoticeId notice) {
      return Subject.withoutAccount(notice.value());
    }

    @Override
    public int apply(List<NoticeId> notices) {
      return transactions.run(() -> open(notices, upTo));
    }
  }

  private int open(List<NoticeId> notices, Instant upTo) {
    List<JdbcGateRepository.Reached> reached = gates.lockReached(notices);
    reached.forEach(this::timeOpening);
    List<JdbcGateRepository.DueGate> due = gates.lockDue(notices, upTo);
    due.forEach(this::mature);
    return reached.size() + due.size();
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
    return isolation.anyToTry(NAME) || !gates.toOpen(upTo, 1, Selection.REGULAR).isEmpty();
  }
}
