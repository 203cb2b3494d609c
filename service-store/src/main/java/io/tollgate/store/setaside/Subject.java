package io.tollgate.store.setaside;

import io.tollgate.model.AccountId;

/**
 * The subject of a piece of work: the key under which it is set aside.
 *
 * @param account the account, empty where the work belongs to none
 * @param id what of the account, in the words of the work; empty when it is the whole account
 */
public record Subject(String account, String id) {

  /** Work on a whole account. */
  public static Subject of(AccountId account) {
    return new Subject(account.value(), "");
  }

  /** Work on a part of an account. */
  public static Subject of(AccountId account, String id) {
    return new Subject(account.value(), id);
  }

  /** Work that belongs to no account. */
  public static Subject withoutAccount(String id) {
    return new Subject("", id);
  }

  @Override
  public String toString() {
    return (account + " " + id).strip();
  }
}
