package io.tollgate.store.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.model.PolicyLevel;
import io.tollgate.model.ProductId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which rows are changes of terms (C3.2.10): what comes of them decides, not their level. */
class TermsChangeTest {

  private static final String MAY = "2026-05-01T00:00:00Z";
  private static final String JUNE = "2026-06-01T00:00:00Z";
  private static final String JULY = "2026-07-01T00:00:00Z";

  private static final PolicyDefinition<BigDecimal> RATE =
      PolicyDefinition.decimal("penalty.rate", "C2.3", "a rate", "0.001", "1")
          .binding(Binding.worseWhenHigher());
  private static final PolicyDefinition<Duration> GRACE =
      PolicyDefinition.duration("arrears.grace", "C2.3", "a grace", "PT24H")
          .binding(Binding.worseWhenLower());
  private static final PolicyDefinition<String> WORDS =
      PolicyDefinition.text("words", "C2.3", "any text", "as it is");

  private final List<PolicyRow> stored = new ArrayList<>();

  private static PolicyRow row(
      PolicyDefinition<?> policy, PolicyLevel level, String value, String from, String product) {
    return new PolicyRow(
        0,
        policy.name(),
        level,
        product.isEmpty() ? Optional.empty() : Optional.of(ProductId.of(product)),
        value,
        Instant.parse(from),
        "olga",
        "a test");
  }

  private void store(PolicyRow row) {
    stored.add(
        new PolicyRow(
            stored.size() + 1,
            row.name(),
            row.level(),
            row.product(),
            row.value(),
            row.effectiveFrom(),
            row.author(),
            row.reason()));
  }

  private boolean rateIsWorse(PolicyLevel level, String value, String from, String product) {
    return TermsChange.isWorse(RATE, row(RATE, level, value, from, product), stored);
  }

  @Test
  void aHigherRateIsWorseAtEveryLevelAndALowerOneIsNot() {
    for (PolicyLevel level : PolicyLevel.values()) {
      if (level != PolicyLevel.DEFAULT) {
        assertThat(rateIsWorse(level, "0.002", MAY, "")).as(level.name()).isTrue();
        assertThat(rateIsWorse(level, "0.0005", MAY, "")).as(level.name()).isFalse();
        assertThat(rateIsWorse(level, "0.0010", MAY, "")).as(level.name()).isFalse();
      }
    }
  }

  @Test
  void aShorterGraceIsWorseAndALongerOneIsNot() {
    PolicyRow shorter = row(GRACE, PolicyLevel.SPECIAL_TERMS, "PT23H", MAY, "");
    PolicyRow longer = row(GRACE, PolicyLevel.SPECIAL_TERMS, "PT25H", MAY, "");
    assertThat(TermsChange.isWorse(GRACE, shorter, stored)).isTrue();
    assertThat(TermsChange.isWorse(GRACE, longer, stored)).isFalse();
  }

  @Test
  void whereNobodyCanSayWhichIsBetterEveryChangeCounts() {
    PolicyRow other = row(WORDS, PolicyLevel.GENERAL_TERMS, "otherwise", MAY, "");
    PolicyRow same = row(WORDS, PolicyLevel.GENERAL_TERMS, "as it is", MAY, "");
    assertThat(TermsChange.isWorse(WORDS, other, stored)).isTrue();
    assertThat(TermsChange.isWorse(WORDS, same, stored)).isFalse();
    assertThat(TermsChange.isWorse(WORDS.binding(Binding.none()), other, stored)).isFalse();
  }

  /** What a stronger level says hides the row, until that level says nothing of it. */
  @Test
  void aRowThatAStrongerLevelHidesChangesNothing() {
    store(row(RATE, PolicyLevel.MAIN_AGREEMENT, "0.001", MAY, ""));
    assertThat(rateIsWorse(PolicyLevel.GENERAL_TERMS, "0.9", JUNE, "")).isFalse();
    store(row(RATE, PolicyLevel.PRICE_APPENDIX, "0.5", MAY, "vm"));
    assertThat(rateIsWorse(PolicyLevel.GENERAL_TERMS, "0.9", "2026-04-01T00:00:00Z", "")).isTrue();
  }

  /** The lower rate of a nearer level is the customers'; a row that overrides it takes it away. */
  @Test
  void aRowAtAStrongerLevelThatOverridesABetterOneIsWorse() {
    store(row(RATE, PolicyLevel.GENERAL_TERMS, "0.0001", MAY, ""));
    assertThat(rateIsWorse(PolicyLevel.MAIN_AGREEMENT, "0.0005", JUNE, "")).isTrue();
    assertThat(rateIsWorse(PolicyLevel.MAIN_AGREEMENT, "0.0005", JUNE, "vm")).isTrue();
  }

  /** Better when it starts, worse from July: then it hides what July was to bring. */
  @Test
  void aRowThatIsWorseOnlyLaterIsWorse() {
    store(row(RATE, PolicyLevel.GENERAL_TERMS, "0.0001", JULY, ""));
    assertThat(rateIsWorse(PolicyLevel.SPECIAL_TERMS, "0.0005", JUNE, "")).isTrue();
    assertThat(rateIsWorse(PolicyLevel.SPECIAL_TERMS, "0.0001", JUNE, "")).isFalse();
  }

  /** The row for all would be better, but not for the product that had a still better one. */
  @Test
  void aRowForAllProductsIsWorseWhenItIsSoForOneOfThem() {
    store(row(RATE, PolicyLevel.GENERAL_TERMS, "0.0001", MAY, "vm"));
    assertThat(rateIsWorse(PolicyLevel.SPECIAL_TERMS, "0.0005", JUNE, "")).isTrue();
    assertThat(rateIsWorse(PolicyLevel.GENERAL_TERMS, "0.0005", JUNE, "")).isFalse();
    assertThat(rateIsWorse(PolicyLevel.SPECIAL_TERMS, "0.0005", JUNE, "disk")).isFalse();
  }
}
