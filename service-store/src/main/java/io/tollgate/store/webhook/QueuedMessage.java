package io.tollgate.store.webhook;

import io.tollgate.model.AccountId;

/**
 * A message that is due.
 *
 * @param delivery its number in the log
 * @param account the account that it concerns
 * @param message its id, the same at every attempt
 * @param body JSON
 * @param retried whether it is posted again after a failure
 * @param attempts attempts since it was queued or replayed
 */
record QueuedMessage(
    long delivery, AccountId account, String message, String body, boolean retried, int attempts) {

  /** Without the body, which may say what customers did. */
  @Override
  public String toString() {
    return "QueuedMessage[" + delivery + "]";
  }
}
