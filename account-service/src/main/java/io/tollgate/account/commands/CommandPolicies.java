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

  @Bean
  PolicyDefinitions commandPolicyDefinitions() {
    return PolicyDefinitions.of(FIRST, LONGEST);
  }

  /** The waits in force; never none, or repetition would not end. */
  static Backoff backoff(Policies policies, Instant at) {
    return new Backoff(
        atLeast(policies.value(FIRST, at).value()), atLeast(policies.value(LONGEST, at).value()));
  }

  private static Duration atLeast(Duration wait) {
    return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
  }
}
