package io.tollgate.support.failure;

import java.util.Optional;

/** Looks for the cause that says what went wrong, below what frameworks wrapped it in. */
public final class Causes {

  private static final int MAX_DEPTH = 20;
  private static final int MAX_CAUSE_LENGTH = 500;

  private Causes() {}

  /** The first cause of a type; the failure itself counts. */
  public static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /** The failure in one line that the database can store. */
  public static String brief(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String text =
        failure.getCause() == null
            ? String.valueOf(failure.getMessage())
            : failure.getMessage()
                + "; "
                + root.getClass().getSimpleName()
                + ": "
                + root.getMessage();
    String line =
        (failure.getClass().getSimpleName() + ": " + text)
            .replace('\u0000', '\uFFFD')
            .replaceAll("\\s+", " ");
    return line.length() <= MAX_CAUSE_LENGTH ? line : line.substring(0, MAX_CAUSE_LENGTH);
  }
}
