package io.tollgate.billing.concession;

import io.tollgate.store.agreement.PolicyDefinition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the provider settles about adjustments. */
@Configuration(proxyBeanMethods = false)
class AdjustmentPolicies {

  @Bean
  PolicyDefinition<ApprovalLimits> approvalLimitsPolicy() {
    return ApprovalLimits.POLICY;
  }
}
