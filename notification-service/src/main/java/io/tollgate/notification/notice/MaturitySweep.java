package io.tollgate.notification.notice;

import io.tollgate.model.BillingCalendar;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.support.jdbc.Transactions;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Opens the gates of notices that everybody concerned has, once their days have run (section 14).
 */
@Component
@Order(2)
class MaturitySweep implements Sweep {

  private static final int SLICE = 100;

  private final JdbcNoticeRepository repository;
  private final NoticeAnnouncer announcer;
  private final Transactions transactions;
  private final BillingCalendar calendar;

  MaturitySweep(
      JdbcNoticeRepository repository,
      NoticeAnnouncer announcer,
      Transactions transactions,
      BillingCalendar calendar) {
    this.repository = repository;
    this.announcer = announcer;
    this.transactions = transactions;
    this.calendar = calendar;
  }

  @Override
  public String name() {
    return "notice-maturity";
  }

  @Override
  public int runBatch(Instant upTo) {
    return transactions.run(
        () -> {
          int matured = 0;
          for (JdbcNoticeRepository.WaitingGate gate : repository.lockWaitingGates(SLICE)) {
            matured += mature(gate, upTo);
          }
          return matured;
        });
  }

  private int mature(JdbcNoticeRepository.WaitingGate gate, Instant upTo) {
    Instant opens = opens(gate);
    if (opens.isAfter(upTo)) {
      return 0;
    }
    Instant effectAt = LeadRule.effect(gate.askedEffectAt(), opens);
    repository.mature(gate.notice(), effectAt, opens);
    announcer.announce(
        new NoticeEvent.NoticeMatured(
            gate.notice(), gate.kind(), gate.subject(), effectAt, opens, gate.rule()));
    return 1;
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    List<JdbcNoticeRepository.WaitingGate> waiting =
        transactions.run(() -> repository.lockWaitingGates(SLICE));
    return waiting.stream().anyMatch(gate -> !opens(gate).isAfter(upTo));
  }

  private Instant opens(JdbcNoticeRepository.WaitingGate gate) {
    return LeadRule.gateOpens(gate.lastDelivery(), gate.leadDays(), calendar);
  }
}
