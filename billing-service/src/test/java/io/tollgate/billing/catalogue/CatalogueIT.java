package io.tollgate.billing.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.BillingAccess;
import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.embedded.SharedInfrastructure;
import io.tollgate.model.AccountId;
import io.tollgate.model.BillingCalendar;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.MeterKey;
import io.tollgate.model.NoticeId;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.Aggregation;
import io.tollgate.model.event.GateAction;
import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.model.event.NoticeEvent;
import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.model.event.Topics;
import io.tollgate.store.agreement.GateConfiguration;
import io.tollgate.store.agreement.Gates;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The catalogue over HTTP on real PostgreSQL. The clock stands at 10 March 2020, 12:00 local. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueIT {

  private static final Instant NOW = Instant.parse("2020-03-10T04:00:00Z");
  private static final String MARCH_1 = "2020-02-29T16:00:00Z";
  private static final String MARCH_11 = "2020-03-10T16:00:00Z";
  private static final String APRIL_1 = "2020-03-31T16:00:00Z";

  private static final List<OutboxMessage> TOLD = new CopyOnWriteArrayList<>();

  private ConfigurableApplicationContext context;
  private WebTestClient client;
  private String operator;
  private String reader;
  private String customer;

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
    Outbox outbox() {
      return TOLD::addAll;
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

  @BeforeAll
  void start(@TempDir Path directory) {
    TokenMinter minter = TokenMinter.of(directory, InstantSource.system());
    var server = SharedInfrastructure.database();
    context =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.REACTIVE)
            .registerShutdownHook(false)
            .run(
                "--spring.application.name=catalogue-test",
                "--spring.config.name=none",
                "--spring.datasource.url=" + server.jdbcUrl(SharedInfrastructure.freshDatabase()),
                "--spring.datasource.username=" + server.username(),
                "--spring.datasource.password=" + server.password(),
                "--spring.flyway.locations=classpath:db/support,classpath:db/billing",
                "--spring.threads.virtual.enabled=true",
                "--tollgate.security.public-key=" + minter.publicKeyPem(),
                "--server.port=0");
    client =
        WebTestClient.bindToServer()
            .baseUrl(
                "http://127.0.0.1:"
                    + context.getEnvironment().getRequiredProperty("local.server.port"))
            .responseTimeout(Duration.ofSeconds(20))
            .build();
    JdbcMeters meters = context.getBean(JdbcMeters.class);
    for (String meter : List.of("gb", "calls", "flat", "volume", "hours")) {
      meters.save(meter(meter, 1, Set.of(Emission.HOURLY, Emission.DAILY)));
    }
    operator = minter.operator("olga", List.of("catalogue"), Duration.ofHours(1));
    reader = minter.operator("rita", List.of("recharge"), Duration.ofHours(1));
    customer = minter.customer("carl", AccountId.of("a-1"), Duration.ofHours(1));
  }

  private static MeterDefinition meter(String name, int version, Set<Emission> emits) {
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

  /** What a meter does not emit for the product's cycle would never be billed. */
  @Test
  void aPriceNeedsMetersThatExistAndEmitWhatItsCycleBills() {
    JdbcMeters meters = context.getBean(JdbcMeters.class);
    meters.save(meter("by-hour", 1, Set.of(Emission.HOURLY)));
    meters.save(meter("narrowed", 1, Set.of(Emission.HOURLY, Emission.DAILY)));
    meters.save(meter("narrowed", 2, Set.of(Emission.HOURLY)));
    meters.save(meter("widened", 1, Set.of(Emission.HOURLY)));
    meters.save(meter("widened", 2, Set.of(Emission.DAILY)));
    for (String cycle : List.of("HOUR", "DAY", "MONTH")) {
      product("needs-" + cycle, cycle).expectStatus().isCreated();
    }
    misfit("needs-DAY", "nowhere", MARCH_1, "meter-missing", "meter nowhere does not exist");
    String emits = "emits only [HOURLY]";
    misfit("needs-DAY", "by-hour", MARCH_1, "meter-does-not-emit", emits);
    misfit("needs-MONTH", "by-hour", MARCH_1, "meter-does-not-emit", emits);
    misfit("needs-DAY", "narrowed", MARCH_1, "meter-does-not-emit", "whose version 2");
    misfit("needs-DAY", "widened", MARCH_11, "meter-does-not-emit", "whose version 1");
    priceOf("needs-HOUR", "by-hour", MARCH_1).expectStatus().isCreated();
    priceOf("needs-DAY", "widened", APRIL_1).expectStatus().isCreated();
    meters.save(
        meter("widened", 2, Set.of(Emission.DAILY))
            .withdrawn(new MeterDefinition.Withdrawal(Instant.EPOCH, "olga", "mistyped")));
    misfit("needs-MONTH", "widened", APRIL_1, "meter-does-not-emit", "whose version 1");
    assertThat(TOLD)
        .filteredOn(message -> message.key().filter("needs-DAY"::equals).isPresent())
        .as("when it was added and when it was priced")
        .hasSize(2)
        .allSatisfy(message -> assertThat(message.topic()).isEqualTo(Topics.PRICES));
  }

  private void misfit(String product, String meter, String from, String slug, String detail) {
    priceOf(product, meter, from)
        .expectStatus()
        .isEqualTo(422)
        .expectBody()
        .jsonPath("$.type")
        .value(String.class, type -> assertThat(type).endsWith("/" + slug))
        .jsonPath("$.detail")
        .value(String.class, text -> assertThat(text).contains(detail));
  }

  private WebTestClient.ResponseSpec priceOf(String product, String meter, String from) {
    return post(
        "/v1/products/" + product + "/prices",
        operator,
        "{\"effectiveFrom\": \"%s\", \"meters\": [{\"meter\": \"%s\", \"model\": {\"kind\": \"PER_UNIT\", \"unitPrice\": \"1\"}}]}"
            .formatted(from, meter));
  }

  @AfterAll
  void stop() {
    context.close();
  }

  @Test
  void aProductWithItsPricesIsStoredShownAndReadBySweeps() {
    product("storage", "DAY").expectStatus().isCreated();
    post("/v1/products/storage/prices", operator, everyKind(MARCH_1))
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.version")
        .isEqualTo(1)
        .jsonPath("$.currency")
        .isEqualTo("CNY")
        .jsonPath("$.flatFee")
        .isEqualTo("12.500000");
    get("/v1/products/storage/prices", customer)
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items[0].meters[1].model.tiers[0].unitPrice")
        .isEqualTo("1")
        .jsonPath("$.items[0].meters[1].freeAllowanceScope")
        .isEqualTo("MONTH_TO_DATE")
        .jsonPath("$.items[0].meters[3].model.blockSize")
        .isEqualTo("1000");
    get("/v1/products/storage", customer)
        .expectBody()
        .jsonPath("$.paymentTerm")
        .isEqualTo("PT0S")
        .jsonPath("$.retainedStorageCharged")
        .isEqualTo(false);

    Catalogue catalogue = context.getBean(Catalogue.class);
    ProductId storage = ProductId.of("storage");
    assertThat(catalogue.cycleOf(storage)).contains(BillingCycle.DAY);
    assertThat(catalogue.versionAt(storage, Instant.parse(MARCH_1).minusNanos(1))).isEmpty();
    PriceVersion version = catalogue.versionAt(storage, NOW).orElseThrow();
    assertThat(version.meters()).hasSize(5);
    assertThat(version.isFree(MeterKey.of("gb"))).isFalse();
  }

  @Test
  void theSameAgainChangesNothingAndAnotherOfTheSameNameIsAConflict() {
    product("twice", "DAY").expectStatus().isCreated();
    product("twice", "DAY").expectStatus().isOk();
    problem(product("twice", "MONTH"), 409, "product-exists");
    price("twice", MARCH_1, "1").expectStatus().isCreated();
    price("twice", MARCH_1, "1.0").expectStatus().isOk();
    refused(price("twice", MARCH_1, "2"), "effectiveFrom");
    assertThat(count("price_version", "twice")).isEqualTo(1);
  }

  @Test
  void onlyTheFirstVersionMayStartInThePastAndALaterOneFollowsTheLast() {
    product("dated", "DAY").expectStatus().isCreated();
    price("dated", MARCH_1, "1").expectStatus().isCreated();
    refused(price("dated", "2020-03-09T16:00:00Z", "2"), "effectiveFrom");
    price("dated", APRIL_1, "2").expectStatus().isCreated();
    refused(price("dated", MARCH_11, "3"), "effectiveFrom");
    Catalogue catalogue = context.getBean(Catalogue.class);
    ProductId dated = ProductId.of("dated");
    Instant april = Instant.parse(APRIL_1);
    assertThat(catalogue.versionAt(dated, april.minusNanos(1)))
        .map(PriceVersion::version)
        .contains(1);
    assertThat(catalogue.versionAt(dated, april)).map(PriceVersion::version).contains(2);
  }

  @Test
  void aVersionStartsOnABillingBoundary() {
    product("hourly", "HOUR").expectStatus().isCreated();
    product("monthly", "MONTH").expectStatus().isCreated();
    refused(price("hourly", "2020-03-10T17:00:00Z", "1"), "effectiveFrom");
    refused(price("monthly", MARCH_11, "1"), "effectiveFrom");
    price("hourly", MARCH_11, "1").expectStatus().isCreated();
    price("monthly", APRIL_1, "1").expectStatus().isCreated();
  }

  @Test
  void whatWasFreeBecomesChargeableOnlyBehindAnOpenGate() {
    product("gift", "DAY").expectStatus().isCreated();
    price("gift", MARCH_1, "0").expectStatus().isCreated();
    problem(price("gift", APRIL_1, "1"), 422, "gate-needed");
    problem(announced("gift", APRIL_1, "n-1"), 422, "gate-unknown");

    Gates gates = context.getBean(Gates.class);
    Instant april = Instant.parse(APRIL_1);
    publish(gates, "n-1", "gift", 2, april);
    problem(announced("gift", APRIL_1, "n-1"), 422, "gate-shut");
    publish(gates, "n-2", "another", 2, april);
    publish(gates, "n-3", "gift", 3, april);
    for (String notice : new String[] {"n-1", "n-2", "n-3"}) {
      mature(gates, notice, april);
    }
    problem(announced("gift", APRIL_1, "n-2"), 422, "gate-mismatch");
    problem(announced("gift", APRIL_1, "n-3"), 422, "gate-mismatch");
    problem(announced("gift", MARCH_11, "n-1"), 422, "gate-shut");
    assertThat(context.getBean(BusinessClock.class).now())
        .as("entered before it starts, once its days have run")
        .isBefore(april);
    announced("gift", APRIL_1, "n-1")
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.notice")
        .isEqualTo("n-1");
    assertThat(
            jdbc()
                .sql("select rule from audit_entry where subject_id = 'gift/2'")
                .query(String.class)
                .single())
        .isEqualTo("C2.5");
  }

  /** 100 free units a day become 50: announced for this very version, and let in once. */
  @Test
  void aSmallerFreeQuotaNeedsItsOwnNoticeAndUsesItUp() {
    product("quota", "DAY").expectStatus().isCreated();
    quota(MARCH_1, "100", "").expectStatus().isCreated();
    quota(MARCH_11, "120", "").expectStatus().isCreated();
    String april2 = "2020-04-01T16:00:00Z";
    problem(quota(APRIL_1, "50", ""), 422, "gate-needed");
    Gates gates = context.getBean(Gates.class);
    publish(gates, "n-quota", "quota", 3, Instant.parse(APRIL_1));
    mature(gates, "n-quota", Instant.parse(APRIL_1));
    quota(APRIL_1, "50", "n-quota").expectStatus().isCreated();
    quota(APRIL_1, "50", "n-quota").expectStatus().isOk();
    problem(quota(april2, "40", "n-quota"), 422, "gate-mismatch");
    assertThat(count("price_version", "quota")).isEqualTo(3);
    assertThat(
            jdbc()
                .sql("select count(*) from gate_use where notice_id = 'n-quota'")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  /** Its number is not used again, and its start is free for another one. */
  @Test
  void aVersionThatHasNotStartedIsWithdrawnOrReplaced() {
    product("changing", "DAY").expectStatus().isCreated();
    price("changing", MARCH_1, "1").expectStatus().isCreated();
    price("changing", MARCH_11, "2").expectStatus().isCreated();
    price("changing", APRIL_1, "3").expectStatus().isCreated();
    problem(withdraw("changing", 1), 409, "price-started");
    problem(withdraw("changing", 2), 409, "price-followed");
    problem(withdraw("changing", 4), 404, "not-found");
    withdraw("changing", 3).expectStatus().isOk();
    problem(withdraw("changing", 3), 409, "price-withdrawn");
    Catalogue catalogue = context.getBean(Catalogue.class);
    ProductId changing = ProductId.of("changing");
    assertThat(catalogue.versionAt(changing, Instant.parse(APRIL_1)))
        .map(PriceVersion::version)
        .contains(2);
    price("changing", APRIL_1, "4")
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.version")
        .isEqualTo(4);
    assertThat(catalogue.versionAt(changing, Instant.parse(APRIL_1)))
        .map(PriceVersion::version)
        .contains(4);
    assertThat(
            jdbc()
                .sql("select who || ' ' || reason from audit_entry where what like '%withdrawn%'")
                .query(String.class)
                .single())
        .isEqualTo("olga mistyped");
  }

  private WebTestClient.ResponseSpec withdraw(String product, int version) {
    return post(
        "/v1/products/" + product + "/prices/" + version + "/withdrawal",
        operator,
        "{\"reason\": \"mistyped\"}");
  }

  private WebTestClient.ResponseSpec quota(String from, String units, String notice) {
    String free = priced(from, "{\"kind\": \"PER_UNIT\", \"unitPrice\": \"1\"}", "");
    String more = notice.isEmpty() ? "" : ", \"notice\": \"" + notice + "\"";
    return post(
        "/v1/products/quota/prices",
        operator,
        free.replace("}}]}", "}, \"freeAllowance\": \"" + units + "\"}]" + more + "}"));
  }

  @Test
  void aMeterThatIsNotPricedIsFreeAndNeedsAGateToo() {
    product("meters", "DAY").expectStatus().isCreated();
    price("meters", MARCH_1, "1").expectStatus().isCreated();
    String another =
        """
        {"effectiveFrom": "%s", "meters": [
          {"meter": "gb", "model": {"kind": "PER_UNIT", "unitPrice": "1"}},
          {"meter": "calls", "model": {"kind": "PER_UNIT", "unitPrice": "1"}}]}\
        """
            .formatted(APRIL_1);
    problem(post("/v1/products/meters/prices", operator, another), 422, "gate-needed");
    // What no notice would help is said first.
    misfit("meters", "nowhere", APRIL_1, "meter-missing", "meter nowhere does not exist");
  }

  @Test
  void domainNamesAndMarketplaceProductsAreOutsideTheAgreement() {
    String domain =
        "{\"product\": \"example.com\", \"name\": \"a name\", \"cycle\": \"MONTH\", \"kind\":"
            + " \"DOMAIN_NAME\"}";
    problem(post("/v1/products", operator, domain), 422, "outside-the-agreement");
    problem(
        post("/v1/products", operator, domain.replace("DOMAIN_NAME", "MARKETPLACE")),
        422,
        "outside-the-agreement");
  }

  @Test
  void whatIsWrongIsNamedByItsField() {
    product("wrong", "DAY").expectStatus().isCreated();
    refused(post("/v1/products", operator, "{\"name\": \"x\", \"cycle\": \"DAY\"}"), "product");
    refusedPrice("{\"kind\": \"PER_UNIT\"}", "meters[0].model.unitPrice");
    refusedPrice("{\"kind\": \"PER_UNIT\", \"unitPrice\": \"1,5\"}", "meters[0].model.unitPrice");
    refusedPrice("{\"kind\": \"PER_UNIT\", \"unitPrice\": \"-1\"}", "meters[0].model");
    refusedPrice("{\"kind\": \"PER_UNIT\", \"unitPrice\": \"0.00000000001\"}", "meters[0].model");
    refusedPrice(
        "{\"kind\": \"PER_UNIT\", \"unitPrice\": \"1\", \"price\": \"1\"}",
        "meters[0].model.price");
    refusedPrice(
        "{\"kind\": \"VOLUME\", \"tiers\": [{\"upTo\": \"5\", \"unitPrice\": \"1\"}]}",
        "meters[0].model");
    refusedPrice(
        "{\"kind\": \"VOLUME\", \"tiers\": [{\"upTo\": \"0\", \"unitPrice\": \"1\"}]}",
        "meters[0].model.tiers[0]");
    refusedPrice(
        "{\"kind\": \"BLOCKS\", \"blockSize\": \"0\", \"price\": \"1\"}", "meters[0].model");
    problem(price("nothing", MARCH_1, "1"), 404, "not-found");
    assertThat(count("price_version", "wrong")).isZero();
  }

  @Test
  void onlyOperatorsOfTheCatalogueAddToIt() {
    String body = productBody("theirs", "DAY");
    post("/v1/products", customer, body).expectStatus().isForbidden();
    post("/v1/products", reader, body).expectStatus().isForbidden();
    client.get().uri("/v1/products").exchange().expectStatus().isUnauthorized();
    get("/v1/products", reader).expectStatus().isOk();
  }

  @Test
  void rowsCannotBeChanged() {
    product("fixed", "DAY").expectStatus().isCreated();
    assertThatThrownBy(() -> jdbc().sql("update product set name = 'x'").update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> jdbc().sql("delete from price_version").update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }

  private static void publish(
      Gates gates, String notice, String product, int version, Instant effectAt) {
    gates.apply(
        new NoticeEvent.NoticePublished(
            NoticeId.of(notice),
            new GateAction.Price(ProductId.of(product), version),
            10,
            effectAt,
            NOW,
            GateKind.FREE_BECOMES_CHARGEABLE.rule()));
  }

  private static void mature(Gates gates, String notice, Instant effectAt) {
    GateAction action = gates.find(NoticeId.of(notice)).orElseThrow().action();
    gates.apply(
        new NoticeEvent.NoticeMatured(
            NoticeId.of(notice), action, effectAt, NOW, action.kind().rule()));
  }

  private WebTestClient.ResponseSpec product(String id, String cycle) {
    return post("/v1/products", operator, productBody(id, cycle));
  }

  private static String productBody(String id, String cycle) {
    return "{\"product\": \"%s\", \"name\": \"A product\", \"cycle\": \"%s\"}".formatted(id, cycle);
  }

  private WebTestClient.ResponseSpec price(String product, String from, String unitPrice) {
    return post("/v1/products/" + product + "/prices", operator, perUnit(from, unitPrice, ""));
  }

  private WebTestClient.ResponseSpec announced(String product, String from, String notice) {
    String named = ", \"notice\": \"" + notice + "\"";
    return post("/v1/products/" + product + "/prices", operator, perUnit(from, "1", named));
  }

  private static String perUnit(String from, String unitPrice, String more) {
    return priced(from, "{\"kind\": \"PER_UNIT\", \"unitPrice\": \"" + unitPrice + "\"}", more);
  }

  private static String priced(String from, String model, String more) {
    return "{\"effectiveFrom\": \"%s\", \"meters\": [{\"meter\": \"gb\", \"model\": %s}]%s}"
        .formatted(from, model, more);
  }

  private void refusedPrice(String model, String field) {
    refused(post("/v1/products/wrong/prices", operator, priced(MARCH_1, model, "")), field);
  }

  private static String everyKind(String from) {
    return """
    {"effectiveFrom": "%s", "flatFee": "12.50", "minimum": "20", "meters": [
      {"meter": "flat", "model": {"kind": "FLAT", "amount": "3"}},
      {"meter": "gb", "model": {"kind": "GRADUATED", "tiers": [
         {"upTo": "100", "unitPrice": "1"}, {"unitPrice": "0.0000000001"}]},
       "scope": "MONTH_TO_DATE", "freeAllowance": "5", "freeAllowanceScope": "MONTH_TO_DATE"},
      {"meter": "volume", "model": {"kind": "VOLUME", "tiers": [
         {"upTo": "100", "unitPrice": "1"}, {"unitPrice": "0.5"}]}},
      {"meter": "calls", "model": {"kind": "BLOCKS", "blockSize": "1000", "price": "0.01"}},
      {"meter": "hours", "model": {"kind": "PER_UNIT", "unitPrice": "0.25"}}]}\
    """
        .formatted(from);
  }

  private WebTestClient.ResponseSpec post(String path, String token, String body) {
    return client
        .post()
        .uri(path)
        .headers(headers -> headers.setBearerAuth(token))
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(body)
        .exchange();
  }

  private WebTestClient.ResponseSpec get(String path, String token) {
    return client.get().uri(path).headers(headers -> headers.setBearerAuth(token)).exchange();
  }

  private static void refused(WebTestClient.ResponseSpec answer, String field) {
    answer
        .expectStatus()
        .isBadRequest()
        .expectBody()
        .jsonPath("$.errors[0].field")
        .isEqualTo(field);
  }

  private static void problem(WebTestClient.ResponseSpec answer, int status, String slug) {
    answer
        .expectStatus()
        .isEqualTo(status)
        .expectBody()
        .jsonPath("$.type")
        .value(String.class, type -> assertThat(type).endsWith("/" + slug));
  }

  private JdbcClient jdbc() {
    return context.getBean(JdbcClient.class);
  }

  private long count(String table, String product) {
    return jdbc()
        .sql("select count(*) from " + table + " where product_id = ?")
        .param(product)
        .query(Long.class)
        .single();
  }
}
