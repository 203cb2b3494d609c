package io.tollgate.support.web;

import io.tollgate.model.AccountId;

/** Which accounts a service has heard of, where another one opens them. */
@FunctionalInterface
public interface KnownAccounts {

  /** Whether the account has been heard of; may ask the database. */
  boolean knows(AccountId account);
}
