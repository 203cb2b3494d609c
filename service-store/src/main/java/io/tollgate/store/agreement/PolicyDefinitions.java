package io.tollgate.store.agreement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The policies of a feature. Each bean of this type adds its policies to those of the service.
 *
 * @param all the policies
 */
public record PolicyDefinitions(List<PolicyDefinition<?>> all) {
  public PolicyDefinitions {
    all = List.copyOf(all);
  }

  /** Some policies. */
  public static PolicyDefinitions of(PolicyDefinition<?>... policies) {
    return new PolicyDefinitions(List.of(policies));
  }

  /** The same policies and some more. */
  public PolicyDefinitions and(Collection<? extends PolicyDefinition<?>> more) {
    List<PolicyDefinition<?>> both = new ArrayList<>(all);
    both.addAll(more);
    return new PolicyDefinitions(both);
  }
}
