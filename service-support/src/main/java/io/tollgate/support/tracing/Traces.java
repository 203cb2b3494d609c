package io.tollgate.support.tracing;

import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The traces that a service's work belongs to.
 *
 * <p>Within a service the context travels with the thread. Whatever leaves the thread, a record of
 * Kafka or a row of a table, keeps the context as text, and whoever handles it later continues it.
 * Work that no request caused has no trace: sweeps that only time makes due start none.
 */
public interface Traces {

  /** The name under which records and events bear a context (W3C Trace Context). */
  String TRACEPARENT = "traceparent";

  /** Tracing is switched off: nothing has a context, and work just runs. */
  Traces OFF =
      new Traces() {
        @Override
        public Optional<String> current() {
          return Optional.empty();
        }

        @Override
        public <T extends @Nullable Object> T continuing(
            String name, Collection<String> causes, Supplier<T> work) {
          return work.get();
        }
      };

  /** The context of the work under way, as a {@code traceparent}; empty where there is none. */
  Optional<String> current();

  /**
   * Runs work that was caused elsewhere, in a span of its own.
   *
   * <p>If all causes belong to one trace, the span is a child of the first. If they belong to
   * several, it begins a trace of its own with links to those that are sampled; if none is, there
   * is no span. Without a cause the work just runs.
   *
   * @param name of the span; must not vary with the data
   * @param causes each a {@code traceparent}; whatever is none is ignored
   */
  <T extends @Nullable Object> T continuing(
      String name, Collection<String> causes, Supplier<T> work);

  /** Like {@link #continuing(String, Collection, Supplier)}, without a result. */
  default void continuing(String name, Collection<String> causes, Runnable work) {
    continuing(
        name,
        causes,
        () -> {
          work.run();
          return Boolean.TRUE;
        });
  }
}
