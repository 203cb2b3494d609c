package io.tollgate.standalone.imports;

/** An export that cannot be read, with the place and the reason. */
public final class UnreadableExportException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableExportException(String message) {
    super(message);
  }
}
