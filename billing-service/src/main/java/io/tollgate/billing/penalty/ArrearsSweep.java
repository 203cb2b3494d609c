package io.tollgate.billing.penalty;

import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.billing.sweep.DueAccounts;
import io.tollgate.billing.sweep.DueAccountsSweep;
import io.tollgate.store.setaside.Isolation;
import java.time.Instant;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Publishes the debt of an account when a bill with a payment term falls due unpaid (C2.3). */
@Component
@Order(40)
class ArrearsSweep extends DueAccountsSweep {

  ArrearsSweep(DueAccounts accounts, Isolation isolation) {
    super(
        new DueAccounts.Kind("arrears", "next_due_at", OpenAccount::nextDueAt),
        accounts,
        isolation);
  }

  @Override
  protected void handle(OpenAccount account, Instant dueAt, Instant upTo) {
    account.publishArrears(dueAt);
  }
}
