package io.tollgate.support.web;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import tools.jackson.databind.json.JsonMapper;

/** HTTP for a service: strict JSON, problems, bounds, its OpenAPI document. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSettings.class)
public class WebSupportConfiguration {

  @Bean
  JsonMapper jsonMapper() {
    return HttpMapper.create();
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper mapper, MeterRegistry meters) {
    return new ProblemWriter(mapper, meters);
  }

  @Bean
  ProblemHandler problemHandler(ProblemWriter writer) {
    return new ProblemHandler(writer);
  }

  @Bean
  ConcurrencyLimit concurrencyLimit(WebSettings settings, ProblemWriter writer) {
    return new ConcurrencyLimit(settings.maxConcurrentRequests(), writer);
  }

  @Bean
  ContentCodings contentCodings(WebSettings settings, ProblemWriter writer) {
    return new ContentCodings(settings.maxPackedBody(), settings.packedBudget(), writer);
  }

  @Bean
  NoPreference noPreference() {
    return new NoPreference();
  }

  /** Each service its own event loops: closing one service of a process must not stop another's. */
  @Bean
  @ConditionalOnMissingBean
  ReactorResourceFactory reactorResourceFactory() {
    ReactorResourceFactory factory = new ReactorResourceFactory();
    factory.setUseGlobalResources(false);
    // The graceful shutdown has let every request end before: there is nothing to wait for.
    factory.setShutdownQuietPeriod(Duration.ZERO);
    return factory;
  }

  @Bean
  NettyServerCustomizer malformedRequests() {
    MalformedRequests malformed = new MalformedRequests();
    return server ->
        server.doOnChannelInit((observer, channel, address) -> malformed.watch(channel));
  }

  /** Whoever says nothing holds no place for ever. */
  @Bean
  NettyServerCustomizer timeouts(WebSettings settings) {
    return server -> server.readTimeout(settings.readTimeout()).idleTimeout(settings.idleTimeout());
  }

  @Bean
  WebFluxConfigurer tollgateWebFluxConfigurer(WebSettings settings) {
    return new WebFluxConfigurer() {
      @Override
      public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
        configurer.defaultCodecs().maxInMemorySize(Math.toIntExact(settings.maxBody().toBytes()));
      }
    };
  }

  /** The checked-in OpenAPI document of the service. */
  @Bean
  RouterFunction<ServerResponse> openApi(@Value("${spring.application.name}") String service) {
    ClassPathResource document = new ClassPathResource("openapi/" + service + ".yaml");
    return RouterFunctions.route()
        .GET(
            "/openapi.yaml",
            request ->
                document.exists()
                    ? ServerResponse.ok()
                        .contentType(MediaType.parseMediaType("application/yaml"))
                        .bodyValue(document)
                    : ServerResponse.notFound().build())
        .build();
  }
}
