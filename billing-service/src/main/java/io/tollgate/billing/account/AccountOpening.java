package io.tollgate.billing.account;

import io.tollgate.model.AccountId;
import java.time.Instant;

/** Does what an account needs from its first instant on. */
@FunctionalInterface
public interface AccountOpening {

  /** Runs inside the transaction that opens the account. */
  void opened(AccountId account, Instant at);
}
