package io.tollgate.billing.sweep;

import io.tollgate.billing.journal.OpenAccount;
import io.tollgate.store.setaside.Isolation;
import io.tollgate.store.setaside.Selection;
import io.tollgate.store.setaside.Subject;
import java.time.Instant;
import java.util.List;

/**
 * Processes accounts that are due by the time in one of their columns. {@link
 * org.springframework.core.annotation.Order} says when it is its turn among the sweeps that change
 * what accounts owe.
 */
public abstract class DueAccountsSweep extends MoneySweep<DueAccounts.Candidate> {
  private static final int BATCH = 2_000;

  private final DueAccounts.Kind kind;
  private final DueAccounts accounts;

  /**
   * A sweep.
   *
   * @param kind what is due, and by which column
   */
  protected DueAccountsSweep(DueAccounts.Kind kind, DueAccounts accounts, Isolation isolation) {
    super(kind.work(), BATCH, isolation);
    this.kind = kind;
    this.accounts = accounts;
  }

  /**
   * Does what is due on a locked account.
   *
   * @param dueAt when it was due
   * @param upTo up to when work is done
   */
  protected abstract void handle(OpenAccount account, Instant dueAt, Instant upTo);

  @Override
  public final int runBatch(Instant upTo) {
    return runInShards(upTo);
  }

  @Override
  protected final List<DueAccounts.Candidate> due(
      Instant upTo, AccountShard part, int limit, Selection selection) {
    return accounts.due(kind, upTo, part, limit, selection);
  }

  @Override
  protected final Subject subjectOf(DueAccounts.Candidate candidate) {
    return Subject.of(candidate.account());
  }

  @Override
  protected final int apply(List<DueAccounts.Candidate> candidates, Instant upTo) {
    return accounts.handle(
        kind, upTo, candidates, (account, dueAt) -> handle(account, dueAt, upTo));
  }
}
