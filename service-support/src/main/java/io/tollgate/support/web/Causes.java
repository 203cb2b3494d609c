package io.tollgate.support.web;

import java.util.Optional;

/** Looks for the cause that says what went wrong, below what frameworks wrapped it in. */
final class Causes {

  private static final int MAX_DEPTH = 20;

  private Causes() {}

  static <T extends Throwable> Optional<T> find(Throwable failure, Class<T> type) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }
}
