package io.tollgate.billing.journal;

import io.tollgate.model.AccountId;
import io.tollgate.model.CurrencyCode;

/** Reads the stored history of an account that is to be recomputed, which is rare. */
interface Pasts {
  /** The number of movements between two checkpoints: what a recomputation replays in vain. */
  int CHECKPOINT_EVERY = 500;

  /** The stored history of a locked account, from the latest checkpoint before what may change. */
  Past of(AccountId account, CurrencyCode currency, Reach reach);

  /** The number of movements between two checkpoints; tests choose another. */
  default int checkpointEvery() {
    return CHECKPOINT_EVERY;
  }
}
