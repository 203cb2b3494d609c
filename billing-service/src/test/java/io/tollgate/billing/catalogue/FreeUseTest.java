package io.tollgate.billing.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.billing.rating.PriceVersion;
import io.tollgate.model.BillingCycle;
import io.tollgate.model.ProductId;
import io.tollgate.model.event.WireMapper;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was free and is less free under the next price version (C2.5). */
class FreeUseTest {

  private static PriceVersion version(BillingCycle cycle, String fields) {
    Product product = new Product(ProductId.of("p"), "A product", cycle, Duration.ZERO, false);
    return PriceReader.read(
        product,
        1,
        WireMapper.mapper()
            .readValue(
                "{\"effectiveFrom\":\"2026-03-01T00:00:00Z\"," + fields + "}", PriceBody.class));
  }

  private static Optional<String> lost(BillingCycle cycle, String before, String after) {
    return FreeUse.lost(version(cycle, before), version(cycle, after));
  }

  /** A meter at 1 per unit beyond an allowance. */
  private static String allowance(String units, String scope) {
    return """
    "meters":[{"meter":"gb","model":{"kind":"PER_UNIT","unitPrice":"1"},
      "freeAllowance":"%s","freeAllowanceScope":"%s"}]\
    """
        .formatted(units, scope);
  }

  /** A meter whose first units are a tier at 0. */
  private static String freeTier(String kind, String upTo, String scope) {
    return """
    "meters":[{"meter":"gb","scope":"%s","model":{"kind":"%s","tiers":[
      {"upTo":"%s","unitPrice":"0"},{"unitPrice":"1"}]}}]\
    """
        .formatted(scope, kind, upTo);
  }

  @ParameterizedTest(name = "{0}: {1} per {2}, then {3} per {4}: smaller {5}")
  @CsvSource({
    "DAY, 100, CYCLE, 99, CYCLE, true",
    "DAY, 100, CYCLE, 100, CYCLE, false",
    "DAY, 100, CYCLE, 101, CYCLE, false",
    "DAY, 100, MONTH_TO_DATE, 100, CYCLE, false",
    "DAY, 100, CYCLE, 3000, MONTH_TO_DATE, true",
    "MONTH, 100, CYCLE, 100, MONTH_TO_DATE, false",
    "DAY, 0.5, CYCLE, 0, CYCLE, true",
    "DAY, 0, CYCLE, 0, MONTH_TO_DATE, false",
  })
  void anAllowanceIsSmallerByItsUnitsOrByTheTimeTheyLast(
      BillingCycle cycle,
      String before,
      String scopeBefore,
      String next,
      String scopeNext,
      boolean smaller) {
    assertThat(lost(cycle, allowance(before, scopeBefore), allowance(next, scopeNext)).isPresent())
        .isEqualTo(smaller);
  }

  @ParameterizedTest
  @CsvSource({"GRADUATED", "VOLUME"})
  void aTierThatCostsNothingIsFreeUse(String kind) {
    String hundred = freeTier(kind, "100", "CYCLE");
    assertThat(lost(BillingCycle.DAY, hundred, freeTier(kind, "99", "CYCLE")))
        .hasValueSatisfying(
            words -> assertThat(words).contains("fewer free units of meter gb", "99", "100"));
    assertThat(lost(BillingCycle.DAY, hundred, freeTier(kind, "100", "CYCLE"))).isEmpty();
    assertThat(lost(BillingCycle.DAY, hundred, freeTier(kind, "100", "MONTH_TO_DATE"))).isPresent();
    assertThat(lost(BillingCycle.DAY, hundred, allowance("0", "CYCLE"))).isPresent();
  }

  /** 100 free units stay 100, whether an allowance or a tier grants them. */
  @Test
  void anAllowanceMayBecomeATierOfTheSameSize() {
    assertThat(
            lost(
                BillingCycle.DAY, allowance("100", "CYCLE"), freeTier("GRADUATED", "100", "CYCLE")))
        .isEmpty();
    assertThat(
            lost(BillingCycle.DAY, allowance("100", "CYCLE"), freeTier("GRADUATED", "99", "CYCLE")))
        .isPresent();
  }

  /** 100 free units of each of two instances were 200. */
  @Test
  void anAllowanceThatInstancesShareIsSmaller() {
    String each = "\"countedPer\":\"INSTANCE\"," + allowance("100", "CYCLE");
    String together = "\"countedPer\":\"ACCOUNT\"," + allowance("100", "CYCLE");
    assertThat(lost(BillingCycle.DAY, each, together)).isPresent();
    assertThat(lost(BillingCycle.DAY, together, each)).isEmpty();
    assertThat(lost(BillingCycle.DAY, each.replace("100", "0"), together)).isEmpty();
  }

  @Test
  void aFlatFeeOrAMinimumMakesFreeUseChargeable() {
    String gift = allowance("100", "CYCLE");
    assertThat(lost(BillingCycle.DAY, gift, "\"flatFee\":\"1\"," + gift)).isPresent();
    assertThat(lost(BillingCycle.DAY, gift, "\"minimum\":\"1\"," + gift)).isPresent();
    assertThat(lost(BillingCycle.DAY, "\"flatFee\":\"1\"," + gift, "\"flatFee\":\"2\"," + gift))
        .isEmpty();
  }

  @Test
  void higherPricesOfWhatWasChargeableAreNoLossOfFreeUse() {
    String one =
        "\"meters\":[{\"meter\":\"gb\",\"model\":{\"kind\":\"PER_UNIT\",\"unitPrice\":\"1\"}}]";
    assertThat(lost(BillingCycle.DAY, one, one.replace("\"1\"", "\"2\""))).isEmpty();
    assertThat(lost(BillingCycle.DAY, one.replace("\"1\"", "\"0\""), one)).isPresent();
    assertThat(lost(BillingCycle.DAY, one, one.replace("gb", "other"))).isPresent();
  }
}
