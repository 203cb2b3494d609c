package io.tollgate.support.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/**
 * Records what continues a recorded trace, whether as its child or by a link; of all else a share.
 *
 * @param others decides on traces that begin with no link
 */
record LinkedSampler(Sampler others) implements Sampler {

  /** A sampler of a whole trace: children follow their parent. */
  static Sampler of(double probability) {
    return Sampler.parentBased(new LinkedSampler(Sampler.traceIdRatioBased(probability)));
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    return links.stream().anyMatch(link -> link.getSpanContext().isSampled())
        ? SamplingResult.recordAndSample()
        : others.shouldSample(parent, traceId, name, kind, attributes, links);
  }

  @Override
  public String getDescription() {
    return "Linked{" + others.getDescription() + "}";
  }
}
