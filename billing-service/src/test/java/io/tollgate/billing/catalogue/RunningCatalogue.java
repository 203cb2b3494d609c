package io.tollgate.billing.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.BillingAccess;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.MeterKey;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.store.agreement.GateConfiguration;
import io.tollgate.store.audittrail.AuditTrailConfiguration;
import io.tollgate.store.jdbc.JdbcConfiguration;
import io.tollgate.store.outbox.Outbox;
import io.tollgate.store.outbox.OutboxMessage;
import io.tollgate.support.ServiceIdentity;
import io.tollgate.support.time.BusinessClock;
import io.tollgate.support.time.ClockMode;
import io.tollgate.support.web.WebSupportConfiguration;
import io.tollgate.support.web.security.AccessRules;
import io.tollgate.support.web.security.SecuritySupportConfiguration;
import io.tollgate.support.web.security.TokenMinter;
import io.tollgate.testing.SharedInfrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The catalogue over HTTP on real PostgreSQL, without the rest of billing. The clock stands at 10
 * March 2020, 12:00 local.
 */
final class RunningCatalogue implements AutoCloseable {

  static final Instant NOW = Instant.parse("2020-03-10T04:00:00Z");
  static final String MARCH_1 = "2020-02-29T16:00:00Z";
  static final String MARCH_11 = "2020-03-10T16:00:00Z";
  static final String APRIL_1 = "2020-03-31T16:00:00Z";

  private static final Duration VALIDITY = Duration.ofHours(1);

  private final ConfigurableApplicationContext context;
  private final TokenMinter minter;
  private final WebTestClient client;

  private RunningCatalogue(ConfigurableApplicationContext context, TokenMinter minter) {
    this.context = context;
    this.minter = minter;
    this.client =
        WebTestClient.bindToServer()
            .baseUrl(
                "http://127.0.0.1:"
                    + context.getEnvironment().getRequiredProperty("local.server.port"))
            .responseTimeout(Duration.ofSeconds(20))
            .build();
  }

  /** What was published. */
  record Told(List<OutboxMessage> messages) {}

  /** Just the catalogue and what it stands on; found by no component scan. */
  @EnableAutoConfiguration
  @Import({
    JdbcConfiguration.class,
    WebSupportConfiguration.class,
    SecuritySupportConfiguration.class,
    AuditTrailConfiguration.class,
    GateConfiguration.class,
    CatalogueConfiguration.class,
    CatalogueController.class
  })
  static class Application {

    @Bean
    ServiceIdentity identity() {
      return new ServiceIdentity("billing", "catalogue-test", Path.of("."));
    }

    @Bean
    Told told() {
      return new Told(new CopyOnWriteArrayList<>());
    }

    @Bean
    Outbox outbox(Told told) {
      return told.messages()::addAll;
    }

    @Bean
    AccessRules rules() {
      AccessRules rules = new AccessRules();
      BillingAccess.catalogue(rules);
      return rules;
    }

    @Bean
    BillingCalendar calendar() {
      return BillingCalendar.SHANGHAI;
    }

    @Bean
    BusinessClock clock() {
      return new BusinessClock() {
        @Override
        public Instant now() {
          return NOW;
        }

        @Override
        public ClockMode mode() {
          return ClockMode.TEST;
        }
      };
    }
  }

  /** Starts it with some meters that emit by the hour and by the day. */
  static RunningCatalogue start(Path directory) {
    TokenMinter minter = TokenMinter.of(directory, InstantSource.system());
    var server = SharedInfrastructure.database();
    RunningCatalogue catalogue =
        new RunningCatalogue(
            new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.REACTIVE)
                .registerShutdownHook(false)
                .run(
                    "--spring.application.name=catalogue-test",
                    "--spring.config.name=none",
                    "--spring.datasource.url="
                        + server.jdbcUrl(SharedInfrastructure.freshDatabase()),
                    "--spring.datasource.username=" + server.username(),
                    "--spring.datasource.password=" + server.password(),
                    "--spring.flyway.locations=classpath:db/support,classpath:db/billing",
                    "--spring.threads.virtual.enabled=true",
                    "--tollgate.security.public-key=" + minter.publicKeyPem(),
                    "--server.port=0"),
            minter);
    JdbcMeters meters = catalogue.bean(JdbcMeters.class);
    for (String meter : List.of("gb", "calls", "flat", "volume", "hours")) {
      meters.save(meter(meter, 1, Set.of(Emission.HOURLY, Emission.DAILY)));
    }
    return catalogue;
  }

  <B> B bean(Class<B> type) {
    return context.getBean(type);
  }

  WebTestClient client() {
    return client;
  }

  List<OutboxMessage> told() {
    return bean(Told.class).messages();
  }

  /** Who may change the catalogue. */
  String operator() {
    return minter.operator("olga", List.of("catalogue"), VALIDITY);
  }

  /** An operator who may not. */
  String reader() {
    return minter.operator("rita", List.of("recharge"), VALIDITY);
  }

  String customer() {
    return minter.customer("carl", AccountId.of("a-1"), VALIDITY);
  }

  static MeterDefinition meter(String name, int version, Set<Emission> emits) {
    return new MeterDefinition(
        MeterKey.of(name),
        version,
        name,
        Aggregation.COUNT,
        Optional.empty(),
        new TreeMap<>(),
        "1",
        emits,
        Instant.parse(version == 1 ? "2020-01-31T16:00:00Z" : APRIL_1));
  }

  void misfit(String product, String meter, String from, String slug, String detail) {
    priceOf(product, meter, from)
        .expectStatus()
        .isEqualTo(422)
        .expectBody()
        .jsonPath("$.type")
        .value(String.class, type -> assertThat(type).endsWith("/" + slug))
        .jsonPath("$.detail")
        .value(String.class, text -> assertThat(text).contains(detail));
  }

  WebTestClient.ResponseSpec priceOf(String product, String meter, String from) {
    return post(
        "/v1/products/" + product + "/prices",
        operator(),
        "{\"effectiveFrom\": \"%s\", \"meters\": [{\"meter\": \"%s\", \"model\": {\"kind\": \"PER_UNIT\", \"unitPrice\": \"1\"}}]}"
            .formatted(from, meter));
  }

  WebTestClient.ResponseSpec product(String id, String cycle) {
    return post("/v1/products", operator(), productBody(id, cycle));
  }

  static String productBody(String id, String cycle) {
    return "{\"product\": \"%s\", \"name\": \"A product\", \"cycle\": \"%s\"}".formatted(id, cycle);
  }

  WebTestClient.ResponseSpec price(String product, String from, String unitPrice) {
    return post("/v1/products/" + product + "/prices", operator(), perUnit(from, unitPrice, ""));
  }

  static String perUnit(String from, String unitPrice, String more) {
    return priced(from, "{\"kind\": \"PER_UNIT\", \"unitPrice\": \"" + unitPrice + "\"}", more);
  }

  static String priced(String from, String model, String more) {
    return "{\"effectiveFrom\": \"%s\", \"meters\": [{\"meter\": \"gb\", \"model\": %s}]%s}"
        .formatted(from, model, more);
  }

  WebTestClient.ResponseSpec post(String path, String token, String body) {
    return client
        .post()
        .uri(path)
        .headers(headers -> headers.setBearerAuth(token))
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  WebTestClient.ResponseSpec get(String path, String token) {
    return client.get().uri(path).headers(headers -> headers.setBearerAuth(token)).exchange();
  }

  static void refused(WebTestClient.ResponseSpec answer, String field) {
    answer
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[0].field")
        .isEqualTo(field);
  }

  static void problem(WebTestClient.ResponseSpec answer, int status, String slug) {
    answer
        .expectStatus()
        .isEqualTo(status)
        .expectBody()
        .jsonPath("$.type")
        .value(String.class, type -> assertThat(type).endsWith("/" + slug));
  }

  JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  long count(String table, String product) {
    return jdbc()
        .sql("select count(*) from " + table + " where product_id = ?")
        .param(product)
        .query(Long.class)
        .single();
  }

  @Override
  public void close() {
    context.close();
  }
}
