package io.tollgate.notification.notice;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.NoticeId;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.store.audittrail.AuditEntry;
import io.tollgate.store.audittrail.AuditTrail;
import io.tollgate.store.jdbc.Transactions;
import io.tollgate.store.setaside.IsolatedSweep;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import io.tollgate.support.ServiceIdentity;
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
class MaturitySweep extends IsolatedSweep<NoticeId> {

  static final String NAME = "notice-maturity";
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
      ServiceIdentity identity,
      Isolation isolation) {
    super(NAME, SLICE, isolation);
    this.gates = gates;
    this.announcer = announcer;
    this.transactions = transactions;
    this.calendar = calendar;
    this.trail = trail;
    this.identity = identity;
  }

  @Override
  protected List<NoticeId> due(Instant upTo, int limit, Selection selection) {
    return gates.toOpen(upTo, limit, selection);
  }

  @Override
  protected Subject subjectOf(NoticeId notice) {
    return Subject.withoutAccount(notice.value());
  }

  @Override
  protected int apply(List<NoticeId> notices, Instant upTo) {
    return transactions.run(() -> open(notices, upTo));
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
        new AuditEntry(
            identity.source(),
            Optional.empty(),
            "notice",
            gate.notice().value(),
            "matured: " + gate.action().description() + " from " + effectAt,
            gate.rule().value(),
            "every recipient has it and the notice period has elapsed"),
        gate.opensAt());
  }
}
