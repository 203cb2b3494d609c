package io.tollgate.support.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.tollgate.model.AccountId;
import io.tollgate.support.web.Fields;
import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.Grant;
import io.tollgate.support.web.security.Scopes;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import io.tollgate.support.web.security.TokenMinter;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A running service made of nothing but HTTP and its access rules. */
public final class HttpService implements AutoCloseable {

  /** A route that may be read and posted to. */
  public static final String THINGS = "/v1/things";

  /** How many requests it takes at once. */
  public static final int AT_ONCE = 4;

  /** The largest body it takes. */
  public static final int LARGEST = 10_000;

  /** How long it waits for the rest of a request. */
  private static final Duration SILENCE = Duration.ofSeconds(3);

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final Duration VALIDITY = Duration.ofHours(1);

  private final ConfigurableApplicationContext context;
  private final TokenMinter minter;
  private final TokenMinter earlier;

  private HttpService(
      ConfigurableApplicationContext context, TokenMinter minter, TokenMinter earlier) {
    this.context = context;
    this.minter = minter;
    this.earlier = earlier;
  }

  /** What the service is made of. */
  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration(exclude = KafkaAutoConfiguration.class)
  @Import({WebSupportConfiguration.class, SecuritySupportConfiguration.class, Things.class})
  static class Application {

    @Bean
    AccessRules rules() {
      return new AccessRules()
          .get(THINGS, Grant.operator())
          .post(THINGS, Grant.operator(Scopes.CATALOGUE))
          .get("/v1/things/{number}", Grant.operator())
          .get("/v1/found", Grant.operator())
          .get("/v1/accounts/{account}", Grant.operator(), Grant.customerOfAccount())
          .get("/v1/held", Grant.operator());
    }
  }

  /** What is posted. */
  public record Thing(String name) {}

  /** What may be posted. */
  record Posted(
      String name,
      Optional<Integer> count,
      Optional<List<DayOfWeek>> days,
      Optional<Instant> at,
      Optional<BigDecimal> amount,
      Optional<List<Shape>> shapes) {
    Posted {
      if (count != null && count.filter(number -> number < 0).isPresent()) {
        throw new IllegalArgumentException("count must be 0 or more, not " + count.get());
      }
    }
  }

  /** One of several kinds. */
  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Round.class, name = "ROUND"),
    @JsonSubTypes.Type(value = Square.class, name = "SQUARE")
  })
  sealed interface Shape {}

  /** A kind. */
  record Round(int radius) implements Shape {}

  /** Another. */
  record Square(int side, Optional<String> name) implements Shape {
    Square {
      name.ifPresent(text -> Fields.text("name", text, 10));
    }
  }

  /** Routes like those of a service. */
  @RestController
  public static class Things {

    private final AtomicInteger came = new AtomicInteger();
    private volatile CountDownLatch held = new CountDownLatch(0);

    @GetMapping(THINGS)
    List<Thing> things() {
      return List.of(new Thing("one"));
    }

    /** A thing of a number. */
    @GetMapping("/v1/things/{number}")
    Thing thing(
        @PathVariable int number,
        @RequestParam Optional<DayOfWeek> day,
        @RequestParam Optional<Instant> at) {
      return new Thing(number + day.map(DayOfWeek::name).orElse(""));
    }

    /** A thing of a name. */
    @GetMapping("/v1/found")
    Thing found(@RequestParam String name) {
      return new Thing(name);
    }

    /** Who an account is. */
    @GetMapping("/v1/accounts/{account}")
    Thing account(@PathVariable AccountId account) {
      return new Thing(account.value());
    }

    @PostMapping(path = THINGS, consumes = MediaType.APPLICATION_JSON_VALUE)
    Thing post(@RequestBody Posted posted) {
      return new Thing(posted.name());
    }

    @GetMapping("/v1/held")
    List<Thing> held() throws InterruptedException {
      came.incrementAndGet();
      held.await();
      return List.of();
    }

    /** From now on {@code /v1/held} is not answered until the latch is counted down. */
    public CountDownLatch hold() {
      came.set(0);
      held = new CountDownLatch(1);
      return held;
    }

    /** Waits until so many have come to {@code /v1/held} since it was held. */
    public void awaitHeld(int requests) {
      await().atMost(LIMIT).until(() -> came.get() == requests);
    }
  }

  /** Starts it, with its management on a port of its own. */
  public static HttpService start(Path directory) {
    TokenMinter minter = TokenMinter.of(directory, InstantSource.system());
    return new HttpService(
        new SpringApplicationBuilder(Application.class)
            .registerShutdownHook(false)
            .run(
                "--spring.application.name=http",
                "--spring.main.banner-mode=off",
                "--spring.threads.virtual.enabled=true",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--management.server.address=127.0.0.1",
                "--management.server.port=0",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.probes.enabled=true",
                "--tollgate.web.max-concurrent-requests=" + AT_ONCE,
                "--tollgate.web.max-body=" + LARGEST + "B",
                "--tollgate.web.read-timeout=" + SILENCE,
                "--tollgate.security.public-key=" + minter.publicKeyPem()),
        minter,
        TokenMinter.of(
            directory, InstantSource.offset(InstantSource.system(), VALIDITY.multipliedBy(-2))));
  }

  /** A connection to its routes. */
  public KeptConnection connect() {
    return KeptConnection.to(port("local.server.port"));
  }

  /** A connection to its management. */
  public KeptConnection connectToManagement() {
    return KeptConnection.to(port("local.management.port"));
  }

  /** What is asked for on a connection comes. */
  public void assertAnswersOn(KeptConnection connection) {
    assertThat(connection.ask(KeptConnection.request("GET", THINGS, operator())).body())
        .isEqualTo("[{\"name\":\"one\"}]");
  }

  private int port(String name) {
    return context.getEnvironment().getRequiredProperty(name, Integer.class);
  }

  /** An operator who may do everything. */
  public String operator() {
    return minter.operator("olga", Scopes.ALL, VALIDITY);
  }

  /** The same an hour after it has expired. */
  public String expiredOperator() {
    return earlier.operator("olga", Scopes.ALL, VALIDITY);
  }

  /** A platform. */
  public String platform() {
    return minter.platform("demo", VALIDITY);
  }

  /** What reads the numbers. */
  public String monitor() {
    return minter.monitor(VALIDITY);
  }

  /** Its routes, to hold one. */
  public Things things() {
    return context.getBean(Things.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
