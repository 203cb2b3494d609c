package io.tollgate.bench;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.client.ServiceClient;
import io.tollgate.embedded.JavaCommand;
import io.tollgate.embedded.JavaProcess;
import io.tollgate.standalone.Ports;
import io.tollgate.standalone.Service;
import io.tollgate.support.web.WebSupportConfiguration;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * An endpoint that reads what is posted and does nothing with it, on the services' web settings: no
 * security, no database, no broker. The limit of whatever answers over HTTP.
 */
@Configuration(proxyBeanMethods = false)
@ImportAutoConfiguration({
  WebFluxAutoConfiguration.class,
  HttpHandlerAutoConfiguration.class,
  NettyReactiveWebServerAutoConfiguration.class
})
@Import(WebSupportConfiguration.class)
class EmptyEndpoint {
  static final String PATH = "/empty";
  private static final Duration START_LIMIT = Duration.ofMinutes(1);

  /** Starts it; the only argument is its port. */
  public static void main(String[] arguments) {
    SpringApplication application = new SpringApplication(EmptyEndpoint.class);
    application.setDefaultProperties(
        Map.of(
            "spring.application.name", "empty",
            "spring.main.banner-mode", "off",
            "spring.threads.virtual.enabled", "true",
            "server.address", "127.0.0.1",
            "server.port", arguments[0],
            "logging.level.root", "WARN"));
    var unused = application.run();
  }

  @Bean
  MeterRegistry meterRegistry() {
    return new SimpleMeterRegistry();
  }

  @Bean
  RouterFunction<ServerResponse> empty() {
    return route()
        .POST(
            PATH,
            request -> request.bodyToMono(byte[].class).then(ServerResponse.noContent().build()))
        .GET(PATH, request -> ServerResponse.ok().bodyValue("{}"))
        .build();
  }

  /** One that runs in a process of its own. */
  record Running(JavaProcess process, URI url) implements AutoCloseable {
    @Override
    public void close() {
      process.close();
    }
  }

  static Running start(Path console) {
    int port = Ports.from(0).url(Service.METERING).getPort();
    JavaCommand command =
        JavaCommand.ofClass(EmptyEndpoint.class)
            .with("-Xmx512m", "-XX:+UseParallelGC")
            .to(Integer.toString(port));
    Running running = new Running(command.start(console), URI.create("http://127.0.0.1:" + port));
    ServiceClient client = ServiceClient.of(running.url(), "");
    try {
      running.process().awaitReady(START_LIMIT, () -> client.get(PATH).ok());
    } catch (IllegalStateException e) {
      running.close();
      throw e;
    }
    return running;
  }
}
