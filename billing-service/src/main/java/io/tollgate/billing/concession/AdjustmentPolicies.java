package io.tollgate.billing.concession;

import io.tollgate.store.agreement.PolicyDefinitions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Policies of adjustments. */
@Configuration(proxyBeanMethods = false)
class AdjustmentPolicies {

  @Bean
  PolicyDefinitions adjustmentPolicyDefinitions() {
    return PolicyDefinitions.of(ApprovalLimits.POLICY);
  }
}
