package io.tollgate.billing.journal;

import io.tollgate.model.AccountId;
import io.tollgate.support.web.ProblemException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * The way to move money: lock accounts, {@link OpenAccount#book} what happened on them, and store
 * them, all inside one transaction.
 */
@Component
public class Ledger {
  private final JdbcAccounts accounts;
  private final JdbcEntries entries;

  Ledger(JdbcAccounts accounts, JdbcEntries entries) {
    this.accounts = accounts;
    this.entries = entries;
  }

  /**
   * Locks and reads those of the accounts that nobody else holds.
   *
   * @param at when they are worked on: by the policies in force then
   */
  public Map<AccountId, OpenAccount> lockFree(Collection<AccountId> wanted, Instant at) {
    return accounts.lockFree(wanted, at);
  }

  /**
   * Locks and reads accounts in the order of their ids, waiting for them; those that do not exist
   * are left out.
   *
   * @param at when they are worked on: by the policies in force then
   */
  public Map<AccountId, OpenAccount> lock(Collection<AccountId> wanted, Instant at) {
    return accounts.lock(wanted, at);
  }

  /**
   * Locks accounts in the order of their ids without reading them. Waits for whoever bills them,
   * and keeps others from it until this transaction ends; those that do not exist are left out.
   */
  public void hold(Collection<AccountId> wanted) {
    accounts.hold(wanted);
  }

  /**
   * Locks and reads one account.
   *
   * @throws ProblemException 409 when billing has not heard of it
   */
  public OpenAccount lockOne(AccountId account, Instant at) {
    OpenAccount open = lock(List.of(account), at).get(account);
    if (open == null) {
      throw ProblemException.notYetKnown(account);
    }
    return open;
  }

  /**
   * Looks whether there is an account, without locking it.
   *
   * @throws ProblemException 409 when billing has not heard of it
   */
  public void requireKnown(AccountId account) {
    if (!accounts.exists(account)) {
      throw ProblemException.notYetKnown(account);
    }
  }

  /** Stores everything that was booked on locked accounts, in a few statements for all of them. */
  public void store(Collection<OpenAccount> booked) {
    if (!booked.isEmpty()) {
      entries.store(booked);
    }
  }
}
