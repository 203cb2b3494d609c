package io.tollgate.account.commands;

import io.tollgate.store.agreement.Binding;
import io.tollgate.store.agreement.Policies;
import io.tollgate.store.agreement.PolicyDefinition;
import io.tollgate.store.agreement.PolicyDefinitions;
import java.time.Duration;
import java.time.Instant;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Policies of commands. */
@Configuration(proxyBeanMethods = false)
class CommandPolicies {

  private static final PolicyDefinition<Duration> FIRST =
      PolicyDefinition.duration(
              "commands.redelivery-first",
              "C7.3",
              "wait before a command is repeated for the first time; doubles each time",
              "PT1M")
          .binding(Binding.none());

  private static final PolicyDefinition<Duration> LONGEST =
      PolicyDefinition.duration(
              "commands.redelivery-longest",
              "C7.3",
              "longest wait before a command is repeated",
              "PT1H")
          .binding(Binding.none());

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(3_650);

  @Bean
  PolicyDefinitions commandPolicyDefinitions() {
    return PolicyDefinitions.of(FIRST, LONGEST);
  }

  /** The waits in force; never none, or repetition would not end, and never without end. */
  static Backoff backoff(Policies policies, Instant at) {
    return new Backoff(
        bounded(policies.value(FIRST, at).value()), bounded(policies.value(LONGEST, at).value()));
  }

  private static Duration bounded(Duration wait) {
    Duration atLeast = wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    return atLeast.compareTo(MOST) > 0 ? MOST : atLeast;
  }
}
