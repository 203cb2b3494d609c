package io.tollgate.support.tracing;

import io.micrometer.observation.ObservationPredicate;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.exporter.SpanExportingPredicate;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.SpanExporters;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Hooks;

/** Traces of a service, if they are switched on ({@link TracingSwitch}). */
@Configuration(proxyBeanMethods = false)
public class TracingConfiguration {

  @Bean
  Traces traces(ObjectProvider<Tracer> tracers) {
    Tracer tracer = tracers.getIfAvailable();
    return tracer == null ? Traces.OFF : new SpanTraces(tracer);
  }

  /** What is not as Spring Boot has it. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(TracingSwitch.PROPERTY)
  static class On {

    /** Where to requests of operators and load balancers go. */
    private static final String MANAGEMENT = "/actuator";

    @Bean
    Sampler sampler(@Value("${management.tracing.sampling.probability}") double probability) {
      return LinkedSampler.of(probability);
    }

    @Bean
    SpanExporters spanExporters(ObjectProvider<SpanExporter> exporters) {
      return SpanExporters.of(
          exporters.orderedStream().<SpanExporter>map(DiscreetExporter::new).toList());
    }

    /** Health checks and scrapes would be most of all traces. */
    @Bean
    SpanExportingPredicate notOfManagement() {
      return span -> !span.getTags().getOrDefault("http.url", "").startsWith(MANAGEMENT);
    }

    /** Several spans of each request that say nothing of what it did. */
    @Bean
    ObservationPredicate notOfSecurity() {
      return (name, context) -> !name.startsWith("spring.security.");
    }

    /** Reactor hands a request's context from thread to thread, which costs each request. */
    @Bean
    InitializingBean contextPropagation() {
      return Hooks::enableAutomaticContextPropagation;
    }
  }
}
