package io.tollgate.billing.penalty;

import io.tollgate.billing.journal.Booking;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.sweep.DueAccounts;
import io.tollgate.billing.sweep.DueAccountsSweep;
import io.tollgate.store.setaside.Isolation;
import java.time.Instant;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Accrues the daily penalty, one entry per bill and day, including days missed while the system was
 * down (C2.3).
 */
@Component
@Order(50)
class PenaltySweep extends DueAccountsSweep {

  PenaltySweep(DueAccounts accounts, Isolation isolation) {
    super(
        new DueAccounts.Kind("penalties", "penalty_due_at", OpenAccount::penaltyDueAt),
        accounts,
        isolation);
  }

  @Override
  protected void handle(OpenAccount account, Instant dueAt, Instant upTo) {
    account.book(new Booking.DaysEnded(), upTo);
  }
}
