package io.tollgate.support.web;

import io.tollgate.model.AccountId;

/** The accounts that a service has received from the account service. */
@FunctionalInterface
public interface KnownAccounts {

  /** Whether the account has been heard of; may ask the database. */
  boolean knows(AccountId account);
}
