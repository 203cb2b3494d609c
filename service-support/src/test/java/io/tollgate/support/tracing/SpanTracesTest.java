package io.tollgate.support.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With a sampler that begins no trace by itself: what is recorded was asked for by a caller. */
class SpanTracesTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OTHER = "5ce8a1c1d6b04b2f9f0a4f3d7e6b5a49";
  private static final String SPAN = "00f067aa0ba902b7";

  private final Exported exported = new Exported();
  private final Traces traces =
      new SpanTraces(
          new OtelTracer(
              SdkTracerProvider.builder()
                  .setSampler(LinkedSampler.of(0))
                  .addSpanProcessor(SimpleSpanProcessor.create(new DiscreetExporter(exported)))
                  .build()
                  .get("test"),
              new OtelCurrentTraceContext(),
              event -> {}));

  private static final class Exported implements SpanExporter {
    private final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> more) {
      spans.addAll(more);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static String sampled(String trace) {
    return "00-" + trace + "-" + SPAN + "-01";
  }

  private static String unsampled(String trace) {
    return "00-" + trace + "-" + SPAN + "-00";
  }

  private Optional<String> within(String... causes) {
    return traces.continuing("work", List.of(causes), traces::current);
  }

  @Test
  void causesOfOneTraceAreContinuedAsItsChild() {
    Optional<String> current = within(sampled(TRACE), sampled(TRACE));

    assertThat(exported.spans)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getName()).isEqualTo("work");
              assertThat(span.getTraceId()).isEqualTo(TRACE);
              assertThat(span.getParentSpanId()).isEqualTo(SPAN);
              assertThat(current).hasValue("00-" + TRACE + "-" + span.getSpanId() + "-01");
            });
    assertThat(traces.current()).isEmpty();
  }

  @Test
  void causesOfSeveralTracesAreLinkedToATraceOfItsOwn() {
    Optional<String> current = within(sampled(TRACE), unsampled(SPAN + SPAN), sampled(OTHER));

    assertThat(exported.spans)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getTraceId()).isNotIn(TRACE, OTHER);
              assertThat(span.getParentSpanContext().isValid()).isFalse();
              assertThat(span.getLinks())
                  .extracting(LinkData::getSpanContext)
                  .extracting(context -> context.getTraceId() + " " + context.getSpanId())
                  .containsExactly(TRACE + " " + SPAN, OTHER + " " + SPAN);
              assertThat(current)
                  .hasValue("00-%s-%s-01".formatted(span.getTraceId(), span.getSpanId()));
            });
  }

  @Test
  void whatIsNotSampledIsContinuedAndNotRecorded() {
    assertThat(within(unsampled(TRACE)))
        .hasValueSatisfying(text -> assertThat(text).startsWith("00-" + TRACE).endsWith("-00"));
    assertThat(within(unsampled(TRACE), unsampled(OTHER))).isEmpty();
    assertThat(exported.spans).isEmpty();
  }

  @Test
  void withoutAReadableCauseTheWorkHasNoTrace() {
    assertThat(within()).isEmpty();
    assertThat(within("", "00-" + TRACE, "00-" + "0".repeat(32) + "-" + SPAN + "-01")).isEmpty();
    assertThat(Traces.OFF.continuing("work", List.of(sampled(TRACE)), Traces.OFF::current))
        .isEmpty();
    assertThat(exported.spans).isEmpty();
  }

  /** Messages may quote an address, or what was posted. */
  @Test
  void aFailureIsExportedWithoutItsMessage() {
    assertThatThrownBy(
            () ->
                traces.continuing(
                    "work",
                    List.of(sampled(TRACE)),
                    () -> {
                      throw new IllegalStateException("ann@customers.example is taken");
                    }))
        .hasMessage("ann@customers.example is taken");

    assertThat(exported.spans)
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
              assertThat(span.getStatus().getDescription()).isEmpty();
              assertThat(span.getEvents()).isEmpty();
              assertThat(span.toString()).doesNotContain("customers.example").isNotEmpty();
            });
  }
}
