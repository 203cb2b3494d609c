package io.tollgate.billing.journal;

import io.tollgate.billing.money.AllocationOrder;
import io.tollgate.store.agreement.Binding;
import io.tollgate.store.agreement.PolicyDefinition;
import io.tollgate.store.agreement.PolicyDefinitions;
import java.math.BigDecimal;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The policies of penalties and of the allocation of recharges, with their defaults. */
@Configuration(proxyBeanMethods = false)
public class BillingPolicies {
  /** The daily penalty as a share of a bill's owed principal, from 0 to 1 (C2.3). */
  public static final PolicyDefinition<BigDecimal> PENALTY_RATE =
      PolicyDefinition.decimal(
              "penalty.rate",
              "C2.3",
              "Daily penalty, as a share of a bill's owed principal",
              "0.001",
              "1")
          .binding(Binding.worseWhenHigher());

  /** Which part of a bill money that comes in pays first (C2.2). */
  public static final PolicyDefinition<AllocationOrder> ALLOCATION_ORDER =
      PolicyDefinition.choice(
              "recharge.allocation",
              "C2.2",
              "Whether a recharge pays a bill's principal or its penalty first",
              AllocationOrder.class,
              AllocationOrder.PRINCIPAL_FIRST)
          .binding((before, after) -> after != before && after != AllocationOrder.PRINCIPAL_FIRST);

  @Bean
  PolicyDefinitions billingPolicyDefinitions() {
    return PolicyDefinitions.of(PENALTY_RATE, ALLOCATION_ORDER);
  }
}
