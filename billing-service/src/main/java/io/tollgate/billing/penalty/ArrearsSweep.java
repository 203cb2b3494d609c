package io.tollgate.billing.penalty;

import io.tollgate.billing.ledger.AccountShard;
import io.tollgate.billing.ledger.DueMoney;
import io.tollgate.support.sweep.Sweep;
import java.time.Instant;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Tells what an account owes when a bill with a payment term falls due unpaid (C2.3). */
@Component
@Order(40)
class ArrearsSweep implements Sweep, DueMoney {
  private static final DueAccounts.Kind KIND = new DueAccounts.Kind("arrears", "next_due_at");

  private final DueAccounts accounts;

  ArrearsSweep(DueAccounts accounts) {
    this.accounts = accounts;
  }

  @Override
  public String name() {
    return KIND.work();
  }

  @Override
  public String lane() {
    return "money";
  }

  @Override
  public boolean anythingDue(Instant upTo) {
    return accounts.anyToTry(KIND) || anythingDue(upTo, AccountShard.WHOLE);
  }

  @Override
  public boolean anythingDue(Instant upTo, AccountShard part) {
    return accounts.anyDue(KIND, upTo, part);
  }

  @Override
  public int runBatch(Instant upTo) {
    return accounts.runBatch(KIND, upTo, (account, dueAt) -> account.tellArrears(dueAt));
  }
}
