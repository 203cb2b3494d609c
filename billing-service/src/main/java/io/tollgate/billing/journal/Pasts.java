package io.tollgate.billing.journal;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;

/** Where the stored history of an account is read, for the rare case that it is recomputed. */
interface Pasts {
  /** After how many movements a checkpoint is made: what a recomputation replays too much. */
  int CHECKPOINT_EVERY = 500;

  /**
   * The history as it is stored, from the latest checkpoint on that comes before what may change;
   * the account is locked.
   */
  Past of(AccountId account, CurrencyCode currency, Reach reach);

  /** After how many movements a checkpoint is made. */
  default int checkpointEvery() {
    return CHECKPOINT_EVERY;
  }
}
