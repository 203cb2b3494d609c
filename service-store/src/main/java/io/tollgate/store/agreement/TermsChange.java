package io.tollgate.store.agreement;

import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether a new policy row changes terms for the worse, by comparing effective values:
 * whatever its level, the value with and without the row is compared at every instant at which it
 * may matter. Pure.
 */
final class TermsChange {

  private TermsChange() {}

  /**
   * Whether anybody whom the row binds may be worse off by it.
   *
   * @param policy the row's policy
   * @param row the row, not yet stored
   * @param stored every row there is
   */
  static <T> boolean isWorse(PolicyDefinition<T> policy, PolicyRow row, List<PolicyRow> stored) {
    List<PolicyRow> ofPolicy =
        stored.stream().filter(each -> each.name().equals(policy.name())).toList();
    Policies before = new Policies(List.of(policy), () -> ofPolicy);
    List<PolicyRow> withIt = new ArrayList<>(ofPolicy);
    withIt.add(newest(row));
    Policies after = new Policies(List.of(policy), () -> withIt);
    return scopes(row, ofPolicy)
        .anyMatch(
            product ->
                instants(row, ofPolicy).stream()
                    .anyMatch(
                        at ->
                            policy
                                .binding()
                                .isWorse(
                                    before.value(policy, product, at).value(),
                                    after.value(policy, product, at).value())));
  }

  private static PolicyRow newest(PolicyRow row) {
    return new PolicyRow(
        Long.MAX_VALUE,
        row.name(),
        row.level(),
        row.product(),
        row.value(),
        row.effectiveFrom(),
        row.author(),
        row.reason());
  }

  /** When it starts, and whenever another row takes over later. */
  private static Set<Instant> instants(PolicyRow row, List<PolicyRow> others) {
    return Stream.concat(
            Stream.of(row.effectiveFrom()),
            others.stream()
                .map(PolicyRow::effectiveFrom)
                .filter(at -> at.isAfter(row.effectiveFrom())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Its product; for all products also each of those with rows of their own. */
  private static Stream<Optional<ProductId>> scopes(PolicyRow row, List<PolicyRow> others) {
    return row.product().isPresent()
        ? Stream.of(row.product())
        : Stream.concat(
            Stream.of(Optional.<ProductId>empty()),
            others.stream().map(PolicyRow::product).filter(Optional::isPresent).distinct());
  }
}
