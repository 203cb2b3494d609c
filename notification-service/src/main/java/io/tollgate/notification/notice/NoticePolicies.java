package io.tollgate.notification.notice;

import io.tollgate.model.event.NoticeEvent.GateKind;
import io.tollgate.store.agreement.Binding;
import io.tollgate.store.agreement.PolicyDefinition;
import io.tollgate.store.agreement.PolicyDefinitions;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What operators may settle about notices; a lead can be lengthened, never shortened. */
@Configuration(proxyBeanMethods = false)
public class NoticePolicies {

  private static final int LONGEST_LEAD_DAYS = 365;

  private static final Map<GateKind, PolicyDefinition<Integer>> LEADS = leads();

  /** Attempts to send an e-mail before it counts as failed and is shown to the operator. */
  public static final PolicyDefinition<Integer> EMAIL_ATTEMPTS =
      PolicyDefinition.wholeNumber(
              "notice.email-attempts",
              "C3.1.2",
              "Attempts to send an e-mail before it is shown to the operator",
              8,
              1,
              20)
          .binding(Binding.none());

  /** Whole natural days that notices of a kind must lie ahead. */
  static PolicyDefinition<Integer> lead(GateKind gate) {
    return Objects.requireNonNull(LEADS.get(gate));
  }

  private static Map<GateKind, PolicyDefinition<Integer>> leads() {
    Map<GateKind, PolicyDefinition<Integer>> leads = new EnumMap<>(GateKind.class);
    for (GateKind gate : GateKind.values()) {
      String name = gate.name().toLowerCase(Locale.ROOT).replace('_', '-');
      leads.put(
          gate,
          PolicyDefinition.wholeNumber(
                  "notice.lead-days." + name,
                  gate.rule().value(),
                  "Whole natural days between the delivery of a notice of this kind and its effect",
                  gate.leadDays(),
                  gate.leadDays(),
                  LONGEST_LEAD_DAYS)
              .binding(Binding.worseWhenLower()));
    }
    return leads;
  }

  @Bean
  PolicyDefinitions noticePolicyDefinitions() {
    return PolicyDefinitions.of(EMAIL_ATTEMPTS).and(LEADS.values());
  }
}
