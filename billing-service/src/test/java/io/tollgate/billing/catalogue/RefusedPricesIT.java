package io.tollgate.billing.catalogue;

import static io.tollgate.billing.catalogue.RunningCatalogue.APRIL_1;
import static io.tollgate.billing.catalogue.RunningCatalogue.MARCH_1;
import static io.tollgate.billing.catalogue.RunningCatalogue.MARCH_11;
import static io.tollgate.billing.catalogue.RunningCatalogue.meter;
import static io.tollgate.billing.catalogue.RunningCatalogue.priced;
import static io.tollgate.billing.catalogue.RunningCatalogue.problem;
import static io.tollgate.billing.catalogue.RunningCatalogue.productBody;
import static io.tollgate.billing.catalogue.RunningCatalogue.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.event.MeterDefinition;
import io.tollgate.model.event.MeterDefinition.Emission;
import io.tollgate.model.event.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the catalogue does not take, from whom, and what it says of it. */
@ExtendWith(SharedCatalogue.class)
class RefusedPricesIT {

  private final RunningCatalogue catalogue;

  RefusedPricesIT(RunningCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /** What a meter does not emit for the product's cycle would never be billed. */
  @Test
  void aPriceNeedsMetersThatExistAndEmitWhatItsCycleBills() {
    JdbcMeters meters = catalogue.bean(JdbcMeters.class);
    meters.save(meter("by-hour", 1, Set.of(Emission.HOURLY)));
    meters.save(meter("narrowed", 1, Set.of(Emission.HOURLY, Emission.DAILY)));
    meters.save(meter("narrowed", 2, Set.of(Emission.HOURLY)));
    meters.save(meter("widened", 1, Set.of(Emission.HOURLY)));
    meters.save(meter("widened", 2, Set.of(Emission.DAILY)));
    for (String cycle : List.of("HOUR", "DAY", "MONTH")) {
      catalogue.product("needs-" + cycle, cycle).expectStatus().isCreated();
    }
    catalogue.misfit(
        "needs-DAY", "nowhere", MARCH_1, "meter-missing", "meter nowhere does not exist");
    String emits = "emits only [HOURLY]";
    catalogue.misfit("needs-DAY", "by-hour", MARCH_1, "meter-does-not-emit", emits);
    catalogue.misfit("needs-MONTH", "by-hour", MARCH_1, "meter-does-not-emit", emits);
    catalogue.misfit("needs-DAY", "narrowed", MARCH_1, "meter-does-not-emit", "whose version 2");
    catalogue.misfit("needs-DAY", "widened", MARCH_11, "meter-does-not-emit", "whose version 1");
    catalogue.priceOf("needs-HOUR", "by-hour", MARCH_1).expectStatus().isCreated();
    catalogue.priceOf("needs-DAY", "widened", APRIL_1).expectStatus().isCreated();
    meters.save(
        meter("widened", 2, Set.of(Emission.DAILY))
            .withdrawn(new MeterDefinition.Withdrawal(Instant.EPOCH, "olga", "mistyped")));
    catalogue.misfit("needs-MONTH", "widened", APRIL_1, "meter-does-not-emit", "whose version 1");
    assertThat(catalogue.told())
        .filteredOn(message -> message.key().filter("needs-DAY"::equals).isPresent())
        .as("when it was added and when it was priced")
        .hasSize(2)
        .allSatisfy(message -> assertThat(message.topic()).isEqualTo(Topics.PRICES));
  }

  @Test
  void whatIsWrongIsNamedByItsField() {
    catalogue.product("wrong", "DAY").expectStatus().isCreated();
    refused(
        catalogue.post(
            "/v1/products", catalogue.operator(), "{\"name\": \"x\", \"cycle\": \"DAY\"}"),
        "product");
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
    problem(catalogue.price("nothing", MARCH_1, "1"), 404, "not-found");
    assertThat(catalogue.count("price_version", "wrong")).isZero();
  }

  private void refusedPrice(String model, String field) {
    refused(
        catalogue.post(
            "/v1/products/wrong/prices", catalogue.operator(), priced(MARCH_1, model, "")),
        field);
  }

  @Test
  void domainNamesAndMarketplaceProductsAreOutsideTheAgreement() {
    String domain =
        "{\"product\": \"example.com\", \"name\": \"a name\", \"cycle\": \"MONTH\", \"kind\":"
            + " \"DOMAIN_NAME\"}";
    problem(
        catalogue.post("/v1/products", catalogue.operator(), domain), 422, "outside-the-agreement");
    problem(
        catalogue.post(
            "/v1/products", catalogue.operator(), domain.replace("DOMAIN_NAME", "MARKETPLACE")),
        422,
        "outside-the-agreement");
  }

  @Test
  void onlyOperatorsOfTheCatalogueAddToIt() {
    String body = productBody("theirs", "DAY");
    catalogue.post("/v1/products", catalogue.customer(), body).expectStatus().isForbidden();
    catalogue.post("/v1/products", catalogue.reader(), body).expectStatus().isForbidden();
    catalogue.client().get().uri("/v1/products").exchange().expectStatus().isUnauthorized();
    catalogue.get("/v1/products", catalogue.reader()).expectStatus().isOk();
  }
}
