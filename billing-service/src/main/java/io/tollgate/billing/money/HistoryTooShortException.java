package io.tollgate.billing.money;

/** A reversal takes back money that had paid bills before the checkpoint of the replay. */
final class HistoryTooShortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryTooShortException() {
    super("what the money had paid is not known that far back", null, false, false);
  }
}
