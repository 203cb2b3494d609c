package io.tollgate.billing.money;

/** A reversal takes back what came in before the checkpoint that a replay began with. */
final class HistoryTooShortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryTooShortException() {
    super("what covered what is not known that far back", null, false, false);
  }
}
