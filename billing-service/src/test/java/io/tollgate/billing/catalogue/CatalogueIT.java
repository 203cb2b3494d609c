package io.tollgate.billing.catalogue;

import static io.tollgate.billing.catalogue.RunningCatalogue.APRIL_1;
import static io.tollgate.billing.catalogue.RunningCatalogue.MARCH_1;
import static io.tollgate.billing.catalogue.RunningCatalogue.MARCH_11;
import static io.tollgate.billing.catalogue.RunningCatalogue.NOW;
import static io.tollgate.billing.catalogue.RunningCatalogue.problem;
import static io.tollgate.billing.catalogue.RunningCatalogue.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.MeterKey;
import io.tollgate.model.ProductId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Products and their price versions over HTTP: entered, read back, dated, withdrawn. */
@ExtendWith(SharedCatalogue.class)
class CatalogueIT {

  private final RunningCatalogue catalogue;

  CatalogueIT(RunningCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  @Test
  void aProductWithItsPricesIsStoredShownAndReadBySweeps() {
    catalogue.product("storage", "DAY").expectStatus().isCreated();
    catalogue
        .post("/v1/products/storage/prices", catalogue.operator(), everyKind(MARCH_1))
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.version")
        .isEqualTo(1)
        .jsonPath("$.currency")
        .isEqualTo("CNY")
        .jsonPath("$.flatFee")
        .isEqualTo("12.500000");
    catalogue
        .get("/v1/products/storage/prices", catalogue.customer())
        .expectStatus()
        .isOk()
        .expectBody()
        .jsonPath("$.items[0].meters[1].model.tiers[0].unitPrice")
        .isEqualTo("1")
        .jsonPath("$.items[0].meters[1].freeAllowanceScope")
        .isEqualTo("MONTH_TO_DATE")
        .jsonPath("$.items[0].meters[3].model.blockSize")
        .isEqualTo("1000");
    catalogue
        .get("/v1/products/storage", catalogue.customer())
        .expectBody()
        .jsonPath("$.paymentTerm")
        .isEqualTo("PT0S")
        .jsonPath("$.retainedStorageCharged")
        .isEqualTo(false);

    Catalogue prices = catalogue.bean(Catalogue.class);
    ProductId storage = ProductId.of("storage");
    assertThat(prices.cycleOf(storage)).contains(BillingCycle.DAY);
    assertThat(prices.versionAt(storage, Instant.parse(MARCH_1).minusNanos(1))).isEmpty();
    PriceVersion version = prices.versionAt(storage, NOW).orElseThrow();
    assertThat(version.meters()).hasSize(5);
    assertThat(version.isFree(MeterKey.of("gb"))).isFalse();
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

  @Test
  void theSameAgainChangesNothingAndAnotherOfTheSameNameIsAConflict() {
    catalogue.product("twice", "DAY").expectStatus().isCreated();
    catalogue.product("twice", "DAY").expectStatus().isOk();
    problem(catalogue.product("twice", "MONTH"), 409, "product-exists");
    catalogue.price("twice", MARCH_1, "1").expectStatus().isCreated();
    catalogue.price("twice", MARCH_1, "1.0").expectStatus().isOk();
    refused(catalogue.price("twice", MARCH_1, "2"), "effectiveFrom");
    assertThat(catalogue.count("price_version", "twice")).isEqualTo(1);
  }

  @Test
  void onlyTheFirstVersionMayStartInThePastAndALaterOneFollowsTheLast() {
    catalogue.product("dated", "DAY").expectStatus().isCreated();
    catalogue.price("dated", MARCH_1, "1").expectStatus().isCreated();
    refused(catalogue.price("dated", "2020-03-09T16:00:00Z", "2"), "effectiveFrom");
    catalogue.price("dated", APRIL_1, "2").expectStatus().isCreated();
    refused(catalogue.price("dated", MARCH_11, "3"), "effectiveFrom");
    Catalogue prices = catalogue.bean(Catalogue.class);
    ProductId dated = ProductId.of("dated");
    Instant april = Instant.parse(APRIL_1);
    assertThat(prices.versionAt(dated, april.minusNanos(1))).map(PriceVersion::version).contains(1);
    assertThat(prices.versionAt(dated, april)).map(PriceVersion::version).contains(2);
  }

  @Test
  void aVersionStartsOnABillingBoundary() {
    catalogue.product("hourly", "HOUR").expectStatus().isCreated();
    catalogue.product("monthly", "MONTH").expectStatus().isCreated();
    refused(catalogue.price("hourly", "2020-03-10T17:00:00Z", "1"), "effectiveFrom");
    refused(catalogue.price("monthly", MARCH_11, "1"), "effectiveFrom");
    catalogue.price("hourly", MARCH_11, "1").expectStatus().isCreated();
    catalogue.price("monthly", APRIL_1, "1").expectStatus().isCreated();
  }

  /** Its number is not used again, and its start is free for another one. */
  @Test
  void aVersionThatHasNotStartedIsWithdrawnOrReplaced() {
    catalogue.product("changing", "DAY").expectStatus().isCreated();
    catalogue.price("changing", MARCH_1, "1").expectStatus().isCreated();
    catalogue.price("changing", MARCH_11, "2").expectStatus().isCreated();
    catalogue.price("changing", APRIL_1, "3").expectStatus().isCreated();
    problem(withdraw("changing", 1), 409, "price-started");
    problem(withdraw("changing", 2), 409, "price-followed");
    problem(withdraw("changing", 4), 404, "not-found");
    withdraw("changing", 3).expectStatus().isOk();
    problem(withdraw("changing", 3), 409, "price-withdrawn");
    Catalogue prices = catalogue.bean(Catalogue.class);
    ProductId changing = ProductId.of("changing");
    assertThat(prices.versionAt(changing, Instant.parse(APRIL_1)))
        .map(PriceVersion::version)
        .contains(2);
    catalogue
        .price("changing", APRIL_1, "4")
        .expectStatus()
        .isCreated()
        .expectBody()
        .jsonPath("$.version")
        .isEqualTo(4);
    assertThat(prices.versionAt(changing, Instant.parse(APRIL_1)))
        .map(PriceVersion::version)
        .contains(4);
    assertThat(
            catalogue
                .jdbc()
                .sql("select who || ' ' || reason from audit_entry where what like '%withdrawn%'")
                .query(String.class)
                .single())
        .isEqualTo("olga mistyped");
  }

  private WebTestClient.ResponseSpec withdraw(String product, int version) {
    return catalogue.post(
        "/v1/products/" + product + "/prices/" + version + "/withdrawal",
        catalogue.operator(),
        "{\"reason\": \"mistyped\"}");
  }

  @Test
  void rowsCannotBeChanged() {
    catalogue.product("fixed", "DAY").expectStatus().isCreated();
    assertThatThrownBy(() -> catalogue.jdbc().sql("update product set name = 'x'").update())
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThatThrownBy(() -> catalogue.jdbc().sql("delete from price_version").update())
        .isInstanceOf(DataIntegrityViolationException.class);
  }
}
