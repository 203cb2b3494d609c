package io.tollgate.support.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.model.Quoted;
import io.tollgate.model.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP interface of a service: strict JSON, problems, limits, and its OpenAPI document. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebSettings.class)
public class WebSupportConfiguration {

  private static final MediaType PLAIN =
      new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

  @Bean
  JsonMapper jsonMapper() {
    return HttpMapper.create();
  }

  @Bean
  ProblemWriter problemWriter(JsonMapper mapper, MeterRegistry meters) {
    return new ProblemWriter(mapper, meters, ProblemPage.load().types());
  }

  @Bean
  ProblemHandler problemHandler(ProblemWriter writer, ObjectProvider<FailureMeaning> meanings) {
    return new ProblemHandler(writer, meanings.orderedStream().toList());
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
  Closing closing() {
    return new Closing();
  }

  @Bean
  KnownParameters knownParameters(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers) {
    return new KnownParameters(controllers);
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
    return server ->
        server
            .idleTimeout(settings.idleTimeout())
            .doOnChannelInit(
                (observer, channel, address) ->
                    StalledRequests.watch(channel, settings.readTimeout()));
  }

  @Bean
  WebFluxConfigurer tollgateWebFluxConfigurer(WebSettings settings) {
    return new WebFluxConfigurer() {
      @Override
      public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
        configurer.defaultCodecs().maxInMemorySize(Math.toIntExact(settings.maxBody().toBytes()));
      }

      @Override
      public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
        configurer.addCustomResolver(new IdempotentRequestResolver());
      }

      // Times of query parameters are read as those of bodies.
      @Override
      public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, Instant.class, WebSupportConfiguration::time);
      }
    };
  }

  private static Instant time(String text) {
    try {
      return Timestamps.accepted(text);
    } catch (DateTimeException e) {
      throw notATime(text);
    }
  }

  private static IllegalArgumentException notATime(String text) {
    return new IllegalArgumentException(
        "%s, not %s%s"
            .formatted(
                ExpectedValues.of(Instant.class),
                Quoted.of(text),
                text.indexOf(' ') < 0 ? "" : " (+ in a query means a space: write %2B)"));
  }

  /** The checked-in OpenAPI document of the service. */
  @Bean
  RouterFunction<ServerResponse> openApi(@Value("${spring.application.name}") String service) {
    ClassPathResource document = new ClassPathResource("openapi/" + service + ".yaml");
    return RouterFunctions.route()
        .before(WebSupportConfiguration::withoutParameters)
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

  /** What every problem type means: its URI leads here. */
  @Bean
  RouterFunction<ServerResponse> problems() {
    ProblemPage page = ProblemPage.load();
    return RouterFunctions.route()
        .before(WebSupportConfiguration::withoutParameters)
        .GET(ProblemPage.PATH, request -> plain(page.text()))
        .GET(
            ProblemPage.PATH + "/{type}",
            request ->
                page.section(request.pathVariable("type"))
                    .map(WebSupportConfiguration::plain)
                    .orElseThrow(() -> ProblemException.notFound("this problem type")))
        .build();
  }

  private static Mono<ServerResponse> plain(String text) {
    return ServerResponse.ok().contentType(PLAIN).bodyValue(text);
  }

  private static ServerRequest withoutParameters(ServerRequest request) {
    request.queryParams().keySet().stream()
        .findFirst()
        .ifPresent(
            name -> {
              throw ProblemException.invalid(
                  name, "is not a query parameter of this route; it has none");
            });
    return request;
  }
}
