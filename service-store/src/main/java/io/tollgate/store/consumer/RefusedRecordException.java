package io.tollgate.store.consumer;

/**
 * Thrown by a handler at a record that can be read and not be believed: that record goes to the
 * dead letters, and its account goes on without it.
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
