package io.tollgate.account.instances;

import io.tollgate.account.lifecycle.Grace;
import io.tollgate.account.lifecycle.Leads;
import io.tollgate.account.lifecycle.Terms;
import io.tollgate.model.ProductId;
import io.tollgate.store.agreement.Binding;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.agreement.PolicyDefinition;
import io.tollgate.store.agreement.PolicyDefinitions;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Policies of the lifecycle of instances; they may differ per product. */
@Configuration(proxyBeanMethods = false)
public class TermPolicies {

  private static final int MAX_RETENTION_DAYS = 3_650;
  private static final int MAX_LEAD_DAYS = 365;

  private static final PolicyDefinition<Duration> GRACE =
      PolicyDefinition.duration(
              "arrears.grace",
              "C2.3",
              "from the due instant of the product's earliest unpaid bill to suspension",
              "PT24H")
          .binding(Binding.worseWhenLower());

  private static final PolicyDefinition<ArrearsScope> SCOPE =
      PolicyDefinition.choice(
              "arrears.scope",
              "C7.3",
              "which pay-as-you-go instances arrears of the product suspend: its own, or all of the"
                  + " account",
              ArrearsScope.class,
              ArrearsScope.PRODUCT)
          .binding(Binding.worseWhenHigher());

  private static final PolicyDefinition<Integer> RETENTION =
      PolicyDefinition.wholeNumber(
              "retention.days",
              "C4.1.5",
              "natural days data is kept after suspension for arrears or termination",
              Terms.DEFAULT.retentionDays(),
              0,
              MAX_RETENTION_DAYS)
          .binding(Binding.worseWhenLower());

  private static final PolicyDefinition<Integer> BACKUPS =
      PolicyDefinition.wholeNumber(
              "release.backup-days",
              "C4.1.4",
              "natural days backups are kept after a release by the customer, unless the instance"
                  + " has a rule of its own",
              Terms.DEFAULT.backupDays(),
              0,
              MAX_RETENTION_DAYS)
          .binding(Binding.worseWhenLower());

  private static final PolicyDefinition<Integer> FIRST_WARNING =
      PolicyDefinition.wholeNumber(
              "retention.first-warning-days",
              "C4.1.5",
              "whole natural days between the first deletion warning and the deletion",
              Leads.DEFAULT.first(),
              1,
              MAX_LEAD_DAYS)
          .binding(Binding.worseWhenLower());

  private static final PolicyDefinition<Integer> LAST_WARNING =
      PolicyDefinition.wholeNumber(
          "retention.last-warning-days",
          "C4.1.5",
          "whole natural days between the last deletion warning and the deletion",
          Leads.DEFAULT.last(),
          0,
          MAX_LEAD_DAYS - 1);

  private static final PolicyDefinition<Boolean> PENALTY_BARS =
      PolicyDefinition.flag(
              "opening.barred-by-penalty",
              "C7.3",
              "whether an unpaid penalty alone prevents opening instances",
              true)
          .binding(Binding.worseWhenHigher());

  @Bean
  PolicyDefinitions termPolicyDefinitions() {
    return PolicyDefinitions.of(
        GRACE, SCOPE, RETENTION, BACKUPS, FIRST_WARNING, LAST_WARNING, PENALTY_BARS);
  }

  /** The terms of a product at an instant. */
  static Terms terms(Policies policies, ProductId product, Instant at) {
    int last = policies.value(LAST_WARNING, product, at).value();
    int first = policies.value(FIRST_WARNING, product, at).value();
    return new Terms(
        policies.value(RETENTION, product, at).value(),
        policies.value(BACKUPS, product, at).value(),
        new Leads(Math.max(first, last + 1), last));
  }

  /** The grace of a product's bill, by the policy in force when it fell due. */
  public static Grace grace(Policies policies, ProductId product, Instant dueAt) {
    return new Grace(policies.value(GRACE, product, dueAt).value());
  }

  /** Whether a product's unpaid bill suspends all of the account. */
  public static boolean isAccountWide(Policies policies, ProductId product, Instant dueAt) {
    return policies.value(SCOPE, product, dueAt).value() == ArrearsScope.ACCOUNT;
  }

  static boolean penaltyBars(Policies policies, ProductId product, Instant at) {
    return policies.value(PENALTY_BARS, product, at).value();
  }
}
