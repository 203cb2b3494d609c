package io.tollgate.support.failure;

import java.util.Optional;

/** Finds the relevant cause of an exception below the wrappers of frameworks. */
public final class Causes {

  private static final String OURS = "io.tollgate.";
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

  /**
   * The failure in one line that the database can store, for people: what our own code says is a
   * sentence and stands alone; what comes from elsewhere is called unexpected and names its kind.
   */
  public static String brief(Throwable failure) {
    String text = inWords(failure, root(failure));
    String line = text.replace('\u0000', '\uFFFD').replaceAll("\\s+", " ");
    return line.length() <= MAX_CAUSE_LENGTH ? line : line.substring(0, MAX_CAUSE_LENGTH);
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < MAX_DEPTH; depth++) {
      root = root.getCause();
    }
    return root;
  }

  /** A cause that the failure repeats, or only wraps, is named once. */
  private static String inWords(Throwable failure, Throwable root) {
    String said = failure.getMessage();
    if (root.equals(failure) || said == null) {
      return inWords(root);
    }
    String cause = root.getMessage();
    if (cause == null || cause.isBlank() || !said.contains(cause)) {
      return inWords(failure) + "; " + inWords(root);
    }
    return isOurs(failure) && !said.equals(root.toString()) ? said : inWords(root);
  }

  private static String inWords(Throwable failure) {
    String message = failure.getMessage();
    if (message != null && !message.isBlank() && isOurs(failure)) {
      return message;
    }
    String kind = "unexpected " + failure.getClass().getSimpleName();
    return message == null ? kind : kind + ": " + message;
  }

  /** Whether our own code threw it, so that its message is written for people. */
  private static boolean isOurs(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return trace.length > 0 && trace[0].getClassName().startsWith(OURS);
  }
}
