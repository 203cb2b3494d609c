package io.tollgate.store.consumer;

/**
 * Thrown by a handler for a record that is well-formed but cannot be trusted: the record becomes a
 * dead letter, and its account continues without it.
 */
public final class RefusedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;

  /**
   * @param record the record, of the batch that is handled
   * @param reason why it is not believed
   */
  public RefusedRecordException(Received<?> record, String reason) {
    super(reason);
    this.offset = record.offset();
  }

  long offset() {
    return offset;
  }
}
