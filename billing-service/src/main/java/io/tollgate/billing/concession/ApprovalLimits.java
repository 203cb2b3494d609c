package io.tollgate.billing.concession;

import io.tollgate.model.CurrencyCode;
import io.tollgate.model.Money;
import io.tollgate.model.RuleId;
import io.tollgate.store.agreement.Binding;
import io.tollgate.store.agreement.PolicyDefinition;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Up to which amount one operator adjusts alone, by currency; of a currency that is not named every
 * adjustment needs a second person.
 */
record ApprovalLimits(Map<CurrencyCode, Money> byCurrency) {

  /** The amounts as operators enter them. */
  static final PolicyDefinition<ApprovalLimits> POLICY =
      new PolicyDefinition<>(
          "adjustment.approval-above",
          new RuleId("C2.2"),
          "The amount up to which one operator may adjust alone; more needs a second operator",
          "amounts such as 'CNY 1000, USD 150'; a currency that is not named always needs a second"
              + " operator",
          "CNY 1000",
          ApprovalLimits::parse,
          Binding.none());

  /** Keeps its own copy. */
  ApprovalLimits {
    byCurrency = Map.copyOf(byCurrency);
  }

  private static ApprovalLimits parse(String text) {
    Map<CurrencyCode, Money> limits = new TreeMap<>();
    for (String part : text.split(",", -1)) {
      String[] words = part.strip().split(" +", -1);
      if (words.length != 2) {
        throw new IllegalArgumentException("not a currency with an amount, nor a list of these");
      }
      CurrencyCode currency = CurrencyCode.of(words[0]);
      Money limit = limit(words[1], currency);
      if (limit.isNegative() || limits.put(currency, limit) != null) {
        throw new IllegalArgumentException("a negative amount or a currency named twice");
      }
    }
    return new ApprovalLimits(limits);
  }

  private static Money limit(String text, CurrencyCode currency) {
    try {
      return Money.of(text, currency);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("no amount", e);
    }
  }

  /** Whether a second person has to agree. */
  boolean needApproval(Money amount) {
    Money limit = byCurrency.get(amount.currency());
    return limit == null || amount.compareTo(limit) > 0;
  }

  /** As operators enter it. */
  @Override
  public String toString() {
    return new TreeMap<>(byCurrency)
        .entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + " "
                        + entry.getValue().amount().stripTrailingZeros().toPlainString())
            .collect(Collectors.joining(", "));
  }
}
