package io.tollgate.store.consumer;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Record keys in a form that the database can store: short enough for an index and without NUL. */
final class RecordKeys {

  private static final int MAX_LENGTH = 512;

  private RecordKeys() {}

  static boolean isStorable(String key) {
    return key.length() <= MAX_LENGTH && key.indexOf('\u0000') < 0;
  }

  /** The key by which a record is published; none where it cannot be kept. */
  static Optional<String> storable(@Nullable String key) {
    return Optional.ofNullable(key).filter(RecordKeys::isStorable);
  }
}
