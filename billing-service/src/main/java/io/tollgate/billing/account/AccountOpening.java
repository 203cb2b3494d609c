package io.tollgate.billing.account;

import io.tollgate.model.AccountId;
import java.time.Instant;

/** Sets up what an account needs from its opening on. */
@FunctionalInterface
public interface AccountOpening {

  /** Runs inside the transaction that opens the account. */
  void opened(AccountId account, Instant at);
}
