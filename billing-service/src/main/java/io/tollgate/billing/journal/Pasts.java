package io.tollgate.billing.journal;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;

/** Where the stored history of an account is read, for the rare case that it is recomputed. */
@FunctionalInterface
interface Pasts {
  /** The history as it is stored; the account is locked. */
  Past of(AccountId account, CurrencyCode currency);
}
