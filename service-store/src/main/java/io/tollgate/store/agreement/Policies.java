package io.tollgate.store.agreement;

import io.tollgate.model.PolicyLevel;
import io.tollgate.model.ProductId;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Evaluates policies: the strongest level with a row wins (C12.1, M4); within a level a row for the
 * product takes precedence over one for all products, and a later row over an earlier one.
 *
 * <p>Rows are reloaded whenever they changed; a look-up is cheap enough for sweeps.
 */
public final class Policies {

  private static final Comparator<PolicyRow> STRONGEST =
      Comparator.comparing(PolicyRow::level)
          .thenComparing(row -> row.product().isEmpty())
          .thenComparing(Comparator.comparing(PolicyRow::effectiveFrom).reversed())
          .thenComparing(Comparator.comparingLong(PolicyRow::id).reversed());

  private final Map<String, PolicyDefinition<?>> definitions;
  private final Supplier<List<PolicyRow>> rows;

  /**
   * Policies of a service.
   *
   * @param definitions what the service asks for
   * @param rows all rows there are
   */
  public Policies(Collection<PolicyDefinition<?>> definitions, Supplier<List<PolicyRow>> rows) {
    Map<String, PolicyDefinition<?>> byName = new TreeMap<>();
    definitions.forEach(definition -> byName.put(definition.name(), definition));
    this.definitions = Map.copyOf(byName);
    this.rows = rows;
  }

  /** The value at an instant, for all products. */
  public <T> PolicyValue<T> value(PolicyDefinition<T> policy, Instant at) {
    return value(policy, Optional.empty(), at);
  }

  /** The value at an instant, for a product. */
  public <T> PolicyValue<T> value(PolicyDefinition<T> policy, ProductId product, Instant at) {
    return value(policy, Optional.of(product), at);
  }

  /** The value at an instant. */
  public <T> PolicyValue<T> value(
      PolicyDefinition<T> policy, Optional<ProductId> product, Instant at) {
    return rows.get().stream()
        .filter(row -> row.name().equals(policy.name()))
        .filter(row -> !row.effectiveFrom().isAfter(at))
        .filter(row -> row.product().isEmpty() || row.product().equals(product))
        .min(STRONGEST)
        .map(
            row ->
                new PolicyValue<>(
                    policy.parser().apply(row.value()),
                    row.level(),
                    policy.rule(),
                    Optional.of(row.id()),
                    Optional.of(row.author())))
        .orElseGet(
            () ->
                new PolicyValue<>(
                    policy.parser().apply(policy.defaultText()),
                    PolicyLevel.DEFAULT,
                    policy.rule(),
                    Optional.empty(),
                    Optional.empty()));
  }

  /** All definitions, by name. */
  Map<String, PolicyDefinition<?>> definitions() {
    return new TreeMap<>(definitions);
  }
}
