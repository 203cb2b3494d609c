package io.tollgate.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class QuantityTest {

  @Test
  void equalQuantitiesHaveEqualForms() {
    assertThat(Quantity.canonical(new BigDecimal("1.500"))).isEqualTo(new BigDecimal("1.5"));
    assertThat(Quantity.canonical(new BigDecimal("1E+3"))).isEqualTo(new BigDecimal("1000"));
    assertThat(Quantity.canonical(new BigDecimal("0E-9"))).isEqualTo(BigDecimal.ZERO);
  }

  @Test
  void eighteenFractionDigitsAreWithinBoundsAndBombsAreNot() {
    assertThat(Quantity.withinBounds(new BigDecimal("0.000000000000000001"))).isTrue();
    assertThat(Quantity.withinBounds(new BigDecimal("999999999999999999999999"))).isTrue();
    assertThat(Quantity.withinBounds(new BigDecimal("1000000000000000000000000"))).isFalse();
    assertThat(Quantity.withinBounds(new BigDecimal("1e400000000"))).isFalse();
    assertThat(Quantity.withinBounds(new BigDecimal("1e-400000000"))).isFalse();
    assertThat(Quantity.withinBounds(new BigDecimal("0e-400000000"))).isFalse();
  }
}
