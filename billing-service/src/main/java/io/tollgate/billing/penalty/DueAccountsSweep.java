package io.tollgate.billing.penalty;

import io.tollgate.billing.journal.AccountShard;
import io.tollgate.billing.journal.DueMoney;
import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.support.time.sweep.Sweep;
import java.time.Instant;

/** Does what falls due on accounts by the time in one of their columns. */
abstract class DueAccountsSweep implements Sweep, DueMoney {
  private final DueAccounts.Kind kind;
  private final DueAccounts accounts;

  DueAccountsSweep(DueAccounts.Kind kind, DueAccounts accounts) {
    this.kind = kind;
    this.accounts = accounts;
  }

  /**
   * Does what is due on a locked account.
   *
   * @param dueAt when it was due
   * @param upTo up to when work is done
   */
  abstract void handle(OpenAccount account, Instant dueAt, Instant upTo);

  @Override
  public final String name() {
    return kind.work();
  }

  @Override
  public final String lane() {
    return "money";
  }

  @Override
  public final boolean anythingDue(Instant upTo) {
    return accounts.anyToTry(kind) || anythingDue(upTo, AccountShard.WHOLE);
  }

  @Override
  public final boolean anythingDue(Instant upTo, AccountShard part) {
    return accounts.anyDue(kind, upTo, part);
  }

  @Override
  public final int runBatch(Instant upTo) {
    return accounts.runBatch(kind, upTo, (account, dueAt) -> handle(account, dueAt, upTo));
  }
}
