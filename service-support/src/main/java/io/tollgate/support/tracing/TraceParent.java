package io.tollgate.support.tracing;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A context as text, version 00 of W3C Trace Context.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether the trace is recorded
 */
record TraceParent(String traceId, String spanId, boolean sampled) {

  private static final Pattern FORM =
      Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})");

  /** Reads one; empty when the text is none. */
  static Optional<TraceParent> read(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new TraceParent(
                matcher.group(1),
                matcher.group(2),
                (Integer.parseInt(matcher.group(3), 16) & 1) == 1))
        : Optional.empty();
  }

  static TraceParent of(TraceContext context) {
    return new TraceParent(
        context.traceId(), context.spanId(), Boolean.TRUE.equals(context.sampled()));
  }

  TraceContext context(Tracer tracer) {
    return tracer.traceContextBuilder().traceId(traceId).spanId(spanId).sampled(sampled).build();
  }

  /** As it is written. */
  String text() {
    return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
  }
}
