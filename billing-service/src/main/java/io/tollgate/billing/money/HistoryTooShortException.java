package io.tollgate.billing.money;

/**
 * A reversal takes back money that had paid bills before the checkpoint of the replay, or uncovers
 * a bill whose due time the checkpoint does not tell.
 */
final class HistoryTooShortException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HistoryTooShortException() {
    super(
        "what the money had paid, or when that falls due, is not known that far back",
        null,
        false,
        false);
  }
}
