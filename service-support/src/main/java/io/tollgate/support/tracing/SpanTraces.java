package io.tollgate.support.tracing;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Traces with spans. */
final class SpanTraces implements Traces {

  /** As many as the SDK keeps of a span. */
  private static final int MOST_LINKS = 128;

  private final Tracer tracer;

  SpanTraces(Tracer tracer) {
    this.tracer = tracer;
  }

  @Override
  public Optional<String> current() {
    return Optional.ofNullable(tracer.currentSpan())
        .map(span -> TraceParent.of(span.context()).text())
        .filter(text -> TraceParent.read(text).isPresent());
  }

  @Override
  public <T extends @Nullable Object> T continuing(
      String name, Collection<String> causes, Supplier<T> work) {
    Optional<Span.Builder> begun = begun(causes);
    if (begun.isEmpty()) {
      return work.get();
    }
    Span span = begun.get().name(name).start();
    Tracer.SpanInScope scope = tracer.withSpan(span);
    try {
      return work.get();
    } catch (RuntimeException | Error e) {
      span.error(e);
      throw e;
    } finally {
      scope.close();
      span.end();
    }
  }

  private Optional<Span.Builder> begun(Collection<String> causes) {
    List<TraceParent> known =
        causes.stream().distinct().map(TraceParent::read).flatMap(Optional::stream).toList();
    if (known.stream().map(TraceParent::traceId).distinct().count() == 1) {
      return Optional.of(tracer.spanBuilder().setParent(known.getFirst().context(tracer)));
    }
    List<TraceParent> sampled =
        known.stream().filter(TraceParent::sampled).limit(MOST_LINKS).toList();
    if (sampled.isEmpty()) {
      return Optional.empty();
    }
    Span.Builder own = tracer.spanBuilder().setNoParent();
    sampled.forEach(cause -> own.addLink(new Link(cause.context(tracer))));
    return Optional.of(own);
  }
}
